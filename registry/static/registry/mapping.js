/* How a file is read: shows the effect of a correction on the first records at once. Without it there is a button. */
"use strict";
{
    const form = document.getElementById("mapping");
    const effect = document.getElementById("effect");
    const pause = 250;
    let timer = 0;
    let asked = 0;

    const show = async () => {
        const mine = ++asked;
        const data = new FormData(form);
        data.set("do", "show");
        effect.setAttribute("aria-busy", "true");
        try {
            const answer = await fetch(window.location.href, {
                method: "POST",
                body: data,
                headers: { "X-Part": "effect" },
                redirect: "error",
            });
            if (answer.ok && mine === asked) {
                effect.innerHTML = await answer.text();
            }
        } catch {
            // the button shows the effect, and says what is wrong
        } finally {
            effect.removeAttribute("aria-busy");
        }
    };

    if (form && effect) {
        form.addEventListener("change", (event) => {
            const isWhere = /-(header)$/.test(event.target.name) || event.target.classList.contains("import-how");
            if (event.target.name === "name" || event.target.name === "for") {
                return;
            }
            window.clearTimeout(timer);
            if (isWhere) {
                form.querySelector("[value=show]").click(); // other columns: the whole page is another one
                return;
            }
            timer = window.setTimeout(show, pause);
        });
    }
}
