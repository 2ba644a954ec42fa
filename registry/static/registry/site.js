/* On every page: the menu of small screens, and names for the searchable pickers. */
"use strict";
{
    document.documentElement.classList.add("js");

    const button = document.getElementById("menu-button");
    const menu = document.getElementById("site-nav");
    const show = (open) => {
        button.setAttribute("aria-expanded", String(open));
        menu.classList.toggle("open", open);
    };
    if (button && menu) {
        button.addEventListener("click", () => show(!menu.classList.contains("open")));
        menu.addEventListener("keydown", (event) => {
            if (event.key === "Escape" && menu.classList.contains("open")) {
                show(false);
                button.focus();
            }
        });
    } else if (button) {
        button.hidden = true;
    }

    /* A picker's visible part is named after its label; what is chosen is read as its description. */
    const namePickers = (root) => {
        for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
            const box = select.nextElementSibling && select.nextElementSibling.querySelector("[role=combobox]");
            const label = select.labels && select.labels[0];
            if (!box || !label) {
                continue;
            }
            label.id = `${select.id}_label`;
            const shown = box.querySelector(".select2-selection__rendered");
            box.setAttribute("aria-labelledby", shown && shown.id ? `${label.id} ${shown.id}` : label.id);
        }
    };
    window.addEventListener("load", () => namePickers(document));
    document.addEventListener("formset:added", (event) => window.setTimeout(() => namePickers(event.target), 0));

    const summary = document.getElementById("error-summary");
    if (summary) {
        summary.focus();
    }
}
