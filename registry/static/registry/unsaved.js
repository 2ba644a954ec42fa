/* Warns before a page with changes that aren't saved is left. */
"use strict";
{
    const form = document.querySelector("form[data-unsaved]");
    if (form) {
        let changed = Boolean(document.querySelector("#error-summary, #conflict-heading"));
        const note = () => {
            changed = true;
        };
        form.addEventListener("input", note);
        form.addEventListener("change", note);
        if (window.django && window.django.jQuery) {
            window.django.jQuery(form).on("select2:select select2:clear", note);
        }
        form.addEventListener("submit", () => {
            changed = false;
        });
        window.addEventListener("beforeunload", (event) => {
            if (changed) {
                event.preventDefault();
                event.returnValue = form.dataset.unsaved;
            }
        });
    }
}
