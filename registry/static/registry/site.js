/* On every page: the menu of small screens, names for the searchable pickers, and forms that are sent once. */
"use strict";
{
    document.documentElement.classList.add("js");

    const button = document.getElementById("menu-button");
    const menu = document.getElementById("site-nav");
    const show = (open) => {
        button.setAttribute("aria-expanded", String(open));
        menu.classList.toggle("open", open);
        if (open) {
            menu.querySelector("a").focus();
        }
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

    /* A picker's visible part is named after its label and what is chosen. Pickers appear whenever rows are added. */
    const namePicker = (container) => {
        const select = container.previousElementSibling;
        const box = container.querySelector("[role=combobox]");
        const label = select && select.labels && select.labels[0];
        if (!box || !label) {
            return;
        }
        label.id = `${select.id}_label`;
        const shown = box.querySelector(".select2-selection__rendered");
        if (shown) {
            shown.removeAttribute("role");
            shown.removeAttribute("aria-readonly");
        }
        box.setAttribute("aria-labelledby", shown && shown.id ? `${label.id} ${shown.id}` : label.id);
        const help = select.getAttribute("aria-describedby");
        if (help) {
            box.setAttribute("aria-describedby", help);
        }
    };
    document.querySelectorAll(".select2-container").forEach(namePicker);
    new MutationObserver((changes) => {
        for (const node of changes.flatMap((change) => [...change.addedNodes])) {
            if (node.nodeType === Node.ELEMENT_NODE && node.matches("select + .select2-container")) {
                namePicker(node);
            }
        }
    }).observe(document.body, {childList: true, subtree: true});

    /* Where the filters don't stand beside their list but above it, those that nobody uses are folded. */
    const list = document.getElementById("changelist");
    if (list && getComputedStyle(list).flexDirection === "column") {
        for (const group of document.querySelectorAll("#changelist-filter details")) {
            group.open = Boolean(group.querySelector("li.selected:not(:first-child)")); /* the first is "All" */
        }
    }

    /* A form that was just sent isn't sent again by a second click, by which one wish would become two changes. */
    const PAUSE = 5000;
    let sent = new WeakMap();
    document.addEventListener("submit", (event) => {
        const form = event.target;
        if (event.defaultPrevented || (form.getAttribute("method") || "").toLowerCase() !== "post") {
            return;
        }
        if (event.timeStamp - (sent.get(form) ?? -PAUSE) < PAUSE) {
            event.preventDefault();
        } else {
            sent.set(form, event.timeStamp);
        }
    });
    window.addEventListener("pageshow", () => {
        sent = new WeakMap();
    });

    const summary = document.getElementById("conflict-heading") || document.getElementById("error-summary");
    if (summary) {
        summary.focus();
    }
}
