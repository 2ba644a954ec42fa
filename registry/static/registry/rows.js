/* The rows of a record: moving them, showing which will be deleted, and folding the index of sections on small screens. */
"use strict";
{
    const rowsOf = (row) => [...row.parentElement.querySelectorAll(":scope > .row:not(.empty-form)")];

    const number = (rows) => {
        rows.forEach((row, place) => {
            const input = row.querySelector(":scope > input[name$=-position]");
            if (input) {
                input.value = place;
            }
        });
    };

    document.addEventListener("click", (event) => {
        const button = event.target.closest("button[data-move]");
        if (!button) {
            return;
        }
        const row = button.closest(".row");
        const rows = rowsOf(row);
        const neighbour = rows[rows.indexOf(row) + (button.dataset.move === "up" ? -1 : 1)];
        if (!neighbour) {
            return;
        }
        if (button.dataset.move === "up") {
            neighbour.before(row);
        } else {
            neighbour.after(row);
        }
        number(rowsOf(row));
        button.focus();
        button.dispatchEvent(new Event("change", {bubbles: true}));
    });

    document.addEventListener("change", (event) => {
        if (event.target.matches(".delete-row input")) {
            event.target.closest(".row").classList.toggle("to-delete", event.target.checked);
        }
    });

    const index = document.querySelector(".record-index details");
    if (index && window.matchMedia("(max-width: 1100px)").matches) {
        index.open = false;
        if (!window.location.hash && document.activeElement !== document.body) {
            window.scrollTo(0, 0); // The page was moved to the focused first field below the sections when they were still unfolded.
        }
    }
    for (const target of [window.location.hash]) {
        const element = target.length > 1 && document.getElementById(target.slice(1));
        const folded = element && element.closest("details");
        if (folded) {
            folded.open = true;
        }
    }
    document.addEventListener("click", (event) => {
        const link = event.target.closest(".error-summary a, .conflict a[href^='#']");
        const element = link && document.getElementById(link.hash.slice(1));
        if (element) {
            const folded = element.closest("details");
            if (folded) {
                folded.open = true;
            }
            const picker = element.nextElementSibling && element.nextElementSibling.querySelector("[role=combobox]");
            window.setTimeout(() => (picker || element.querySelector("input") || element).focus(), 0);
        }
    });
}
