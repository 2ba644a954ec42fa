/* Draws pictures from the tables beside them: bars, the flow of data, lines over time. Whatever is drawn leads where the
   table's link leads. Without this script the tables stand there alone. */
"use strict";
{
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const text = (element) => element.textContent.trim().replace(/\s+/g, " ");
    const short = (label, most) => (label.length > most ? `${label.slice(0, most - 1).trimEnd()}…` : label);
    const link = (element) => (element ? element.href : "");
    const go = (address) => {
        if (address) {
            window.location.assign(address);
        }
    };
    const point = (event, address) => {
        event.native.target.classList.toggle("leads-on", Boolean(address));
    };
    /* Nothing moves, whoever looks: a number is there at once. */
    const common = () => ({responsive: true, maintainAspectRatio: false, animation: false});
    const font = () => ({size: 12, family: getComputedStyle(document.body).fontFamily});

    /* The sheet that a picture is drawn on, as high as it needs to be. */
    const sheet = (canvas, height, width) => {
        const drawing = canvas.closest(".drawing");
        const own = document.createElement("div");
        own.className = "sheet";
        own.style.height = `${height}px`;
        if (width) {
            own.style.minWidth = `${width}px`;
        }
        canvas.replaceWith(own);
        own.append(canvas);
        drawing.hidden = false;
    };

    const bars = (canvas) => {
        const rows = [...document.getElementById(canvas.dataset.bars).tBodies[0].rows];
        const parts = rows.map((row) => ({
            name: text(row.cells[0]),
            number: Number(row.dataset.number),
            address: link(row.querySelector("a")),
        }));
        sheet(canvas, parts.length * 30 + 34);
        const numbers = {
            id: "numbers",
            afterDatasetsDraw: (chart) => {
                chart.ctx.save();
                chart.ctx.font = `600 12px ${font().family}`;
                chart.ctx.fillStyle = colour("--body-fg");
                chart.ctx.textBaseline = "middle";
                chart.getDatasetMeta(0).data.forEach((bar, place) => chart.ctx.fillText(parts[place].number, bar.x + 6, bar.y));
                chart.ctx.restore();
            },
        };
        const narrow = canvas.closest(".drawing").clientWidth < 420;
        const under = (event, found) => (found.length ? parts[found[0].index].address : "");
        return new Chart(canvas, {
            type: "bar",
            data: {
                labels: parts.map((part) => short(part.name, narrow ? 18 : 34)),
                datasets: [
                    {
                        data: parts.map((part) => part.number),
                        backgroundColor: () => colour("--bar"),
                        hoverBackgroundColor: () => colour("--teal"),
                        maxBarThickness: 18,
                        borderRadius: 4,
                        minBarLength: 2,
                    },
                ],
            },
            plugins: [numbers],
            options: {
                ...common(),
                indexAxis: "y",
                layout: {padding: {right: 14 + 8 * String(Math.max(...parts.map((part) => part.number))).length}},
                interaction: {mode: "index", axis: "y", intersect: false},
                onClick: (event, found) => go(under(event, found)),
                onHover: (event, found) => point(event, under(event, found)),
                plugins: {
                    colors: {enabled: false},
                    legend: {display: false},
                    tooltip: {displayColors: false, callbacks: {title: (items) => parts[items[0].dataIndex].name}},
                },
                scales: {
                    x: {beginAtZero: true, ticks: {precision: 0, maxTicksLimit: 6}},
                    y: {grid: {display: false}, ticks: {autoSkip: false, crossAlign: "far"}},
                },
            },
        });
    };
    const paintAxes = (chart) => {
        for (const axis of Object.values(chart.options.scales)) {
            axis.ticks = {...axis.ticks, color: colour("--body-quiet-color"), font: font()};
            axis.grid = {...axis.grid, color: colour("--hairline-color")};
            axis.border = {color: colour("--hairline-color")};
        }
    };

    const STATIONS = {subject: 0, unit: 1, activity: 1, recipients: 2, seat: 3};
    const station = (key) => STATIONS[key.slice(0, key.indexOf(":"))];
    const NODE = 12;
    const NAMES = 160; // room for those of the last station, right of it

    const flow = (canvas) => {
        const rows = [...document.getElementById(canvas.dataset.flow).querySelectorAll("tbody tr")];
        const names = {};
        const addresses = {};
        const bands = rows.map((row) => {
            for (const [key, cell] of [[row.dataset.from, row.cells[0]], [row.dataset.to, row.cells[1]]]) {
                names[key] = text(cell);
                addresses[key] = link(cell.querySelector("a"));
            }
            const address = link(row.cells[2].querySelector("a"));
            return {from: row.dataset.from, to: row.dataset.to, flow: Number(row.dataset.number), address};
        });
        const keys = Object.keys(names);
        const tallest = Math.max(...[0, 1, 2, 3].map((place) => keys.filter((key) => station(key) === place).length));
        sheet(canvas, Math.max(220, tallest * 52 + 40), 800);
        const under = (event, chart, found) => {
            for (const element of chart.getDatasetMeta(0).data) {
                const {x, y, x2, y2, height, from, to} = element;
                if (event.x >= x - NODE - 2 && event.x <= x && event.y >= y - 2 && event.y <= y + height + 2) {
                    return addresses[from.key];
                }
                if (event.x >= x2 && event.x <= x2 + NODE + 2 && event.y >= y2 - 2 && event.y <= y2 + height + 2) {
                    return addresses[to.key];
                }
            }
            return found.length ? bands[found[0].index].address : "";
        };
        return new Chart(canvas, {
            type: "sankey",
            data: {
                datasets: [
                    {
                        data: bands,
                        labels: Object.fromEntries(keys.map((key) => [key, short(names[key], 22)])),
                        column: Object.fromEntries(keys.map((key) => [key, station(key)])),
                        nodeWidth: NODE,
                        nodePadding: 22,
                        nodeMinSize: 3,
                        nodeLabels: {position: "right", padding: 4},
                        borderWidth: 0,
                        clip: {left: 12, top: 12, right: NAMES, bottom: 12}, // a name is higher than a thin node
                        alpha: 0.3,
                        colorMode: "gradient",
                        size: "max",
                    },
                ],
            },
            options: {
                ...common(),
                layout: {padding: {top: 14, bottom: 14, left: 3, right: NAMES}},
                interaction: {mode: "nearest", intersect: true},
                onClick: (event, found, chart) => go(under(event, chart, found)),
                onHover: (event, found, chart) => point(event, under(event, chart, found)),
                plugins: {
                    colors: {enabled: false},
                    tooltip: {
                        displayColors: false,
                        callbacks: {
                            label: (context) => {
                                const band = bands[context.dataIndex];
                                return `${names[band.from]} → ${names[band.to]}: ${band.flow}`;
                            },
                        },
                    },
                },
            },
        });
    };
    const paintFlow = (chart) => {
        const at = (key) => colour(`--station-${station(key)}`);
        Object.assign(chart.data.datasets[0], {
            colorFrom: (context) => at(context.dataset.data[context.dataIndex].from),
            colorTo: (context) => at(context.dataset.data[context.dataIndex].to),
            color: colour("--body-fg"),
            font: font(),
        });
    };

    const MARKS = {critical: "triangle", serious: "rectRot", minor: "rectRot", accepted: "rect"};
    const HOLLOW = ["minor", "accepted"];
    const LINES = {critical: "--error-fg", serious: "--amber", minor: "--body-quiet-color", accepted: "--bar"};
    const trend = (canvas) => {
        const table = document.getElementById(canvas.dataset.trend);
        const rows = [...table.tBodies[0].rows].reverse();
        const language = document.documentElement.lang || undefined;
        const said = (value) => new Date(value).toLocaleDateString(language, {timeZone: "UTC", dateStyle: "medium"});
        const days = rows.map((row) => Date.parse(row.dataset.day));
        const under = (found) => (found.length ? link(rows[found[0].index].querySelector("a")) : "");
        sheet(canvas, 320);
        return new Chart(canvas, {
            type: "line",
            data: {
                datasets: [...table.querySelectorAll("th[data-series]")].map((head) => ({
                    label: text(head).replace(/^\W+/u, ""),
                    data: rows.map((row, place) => ({x: days[place], y: Number(row.dataset[head.dataset.series])})),
                    borderColor: () => colour(LINES[head.dataset.series]),
                    backgroundColor: () => colour(HOLLOW.includes(head.dataset.series) ? "--card" : LINES[head.dataset.series]),
                    borderDash: head.dataset.series === "accepted" ? [5, 4] : [],
                    pointStyle: MARKS[head.dataset.series],
                    pointRadius: 5,
                    clip: 8,
                    borderWidth: 2,
                })),
            },
            options: {
                ...common(),
                interaction: {mode: "index", intersect: false},
                onClick: (_event, found) => go(under(found)),
                onHover: (event, found) => point(event, under(found)),
                plugins: {
                    colors: {enabled: false},
                    legend: {position: "bottom", labels: {usePointStyle: true, color: () => colour("--body-fg"), font: font()}},
                    tooltip: {usePointStyle: true, callbacks: {title: (items) => said(items[0].parsed.x)}},
                },
                scales: {
                    x: {type: "linear", min: days[0], max: days.at(-1), ticks: {maxTicksLimit: 6, maxRotation: 0, callback: said}, grid: {display: false}},
                    y: {beginAtZero: true, ticks: {precision: 0, maxTicksLimit: 6}},
                },
            },
        });
    };

    const KINDS = {bars: [bars, paintAxes], flow: [flow, paintFlow], trend: [trend, paintAxes]};

    const drawn = [];
    for (const [kind, [draw, paint]] of Object.entries(KINDS)) {
        for (const canvas of document.querySelectorAll(`canvas[data-${kind}]`)) {
            const chart = draw(canvas);
            paint(chart);
            chart.update("none");
            drawn.push([chart, paint]);
            const table = canvas.closest(".picture").querySelector(".as-table");
            if (table) {
                table.open = false;
            }
        }
    }
    const paintAll = () => {
        for (const [chart, paint] of drawn) {
            paint(chart);
            chart.update("none");
        }
    };
    new MutationObserver(paintAll).observe(document.documentElement, {attributeFilter: ["data-theme"]});
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paintAll);
}
