/* Follows a job: asks how it stands every second, and loads the page again once it is over, or offers something else. */
"use strict";
{
    const card = document.querySelector(".job[data-status]");
    const bar = document.getElementById("job-progress");
    const said = document.getElementById("job-said");
    const pause = 1000;
    const longest = 15000;
    let wait = pause;

    const ask = async () => {
        try {
            const answer = await fetch(card.dataset.status, { headers: { Accept: "application/json" }, redirect: "error" });
            if (!answer.ok) {
                throw new Error(answer.status);
            }
            const status = await answer.json();
            if (status.over || (status.news && !card.dataset.news)) {
                window.location.reload();
                return;
            }
            if (bar && status.percent !== null) {
                bar.value = status.percent;
            }
            if (said.textContent !== status.said) {
                said.textContent = status.said;
            }
            wait = pause;
        } catch {
            wait = Math.min(longest, wait * 2); // the server is away for a moment, or the person is logged out
        }
        window.setTimeout(ask, wait);
    };

    if (card && bar && said) {
        window.setTimeout(ask, pause);
    }
}
