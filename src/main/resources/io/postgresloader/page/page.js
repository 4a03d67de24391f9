// The status page's only script. Without it the page works, but does not refresh itself.
const PERIOD = 10_000;
const PATIENCE = 8_000;
const text = (element, words) => element.textContent !== words && (element.textContent = words);
const byId = (id, root = document) => root.getElementById(id);
const clock = (at) => at.toLocaleTimeString('en-GB');

// --- Search: among the rows that are there, without a request. ---

const sought = () => byId('search')?.value.trim() ?? '';

/** Hides the rows of tables whose names do not have the part. */
function filter(root = document) {
  const rows = byId('rows', root);
  if (!rows) return;
  const wanted = sought().toLowerCase();
  let shown = 0;
  for (const row of rows.rows) {
    const fits = row.cells[1].textContent.toLowerCase().includes(wanted);
    if (row.hidden === fits) row.hidden = !fits;
    if (fits) shown++;
  }
  const all = rows.rows.length;
  const tables = (number) => `${number.toLocaleString('en')} table${number === 1 ? '' : 's'}`;
  if (wanted) text(byId('counted', root), `${shown.toLocaleString('en')} of ${tables(all)}`);
  else text(byId('counted', root), byId('counted', root).dataset.all ?? byId('counted', root).textContent);
  byId('none', root).hidden = shown > 0;
}

/** The page's address, without the search: the rows that it hides must be there. */
function address(link = location.href) {
  const url = new URL(link, location.href);
  url.searchParams.delete('search');
  url.hash = '';
  return url;
}

function remember() {
  const url = new URL(location.href);
  if (sought()) url.searchParams.set('search', sought());
  else url.searchParams.delete('search');
  history.replaceState(null, '', url);
}

// --- Refresh: what changed is changed in place, so that focus, scroll and open parts stay. ---

/** Makes an element equal to another one. Children with an id keep it, wherever they move. */
function morph(from, to) {
  if (from.isEqualNode(to) || (from.nodeType === 1 && from.hasAttribute('data-keep'))) return;
  if (from.nodeType !== 1) {
    from.data = to.data;
    return;
  }
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !(name === 'open' && from.localName === 'details')) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  morphChildren(from, to);
}

function morphChildren(from, to) {
  const known = new Map([...from.children].filter((child) => child.id).map((child) => [child.id, child]));
  const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName && !one.id && !other.id;
  let at = from.firstChild;
  for (const next of [...to.childNodes]) {
    const old = next.id ? known.get(next.id) : at && alike(at, next) ? at : null;
    if (!old) {
      from.insertBefore(document.importNode(next, true), at);
    } else {
      if (old === at) at = at.nextSibling;
      else from.insertBefore(old, at);
      morph(old, next);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

/** Runs a change of the page, and puts focus and scroll back where they were. */
function steadily(change) {
  const focused = document.activeElement;
  const anchor = focused && focused.closest('tr') ? focused : [...document.querySelectorAll('main [id]')].find((one) => one.getBoundingClientRect().top >= 0);
  const top = anchor?.getBoundingClientRect().top;
  change();
  if (focused && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
  if (anchor?.isConnected && window.scrollY > 0) window.scrollBy(0, anchor.getBoundingClientRect().top - top);
}

// --- Screen readers hear what a change means, once, and not each new time. ---

let away = false;
const meaning = () => (away ? 'away' : byId('silence') ? 'silent' : byId('verdict')?.dataset.meaning ?? '');
let known = meaning();

function announce() {
  const now = meaning();
  if (now === known) return;
  known = now;
  if (now === 'away') text(byId('said'), 'The loader does not answer.');
  else if (now === 'silent') text(byId('said'), 'The target does not answer.');
  else text(byId('said'), byId('verdict')?.textContent ?? '');
}

let readAt = new Date();
let running = false;

async function refresh(link = address()) {
  if (running) return;
  running = true;
  try {
    const answer = await fetch(link, { signal: AbortSignal.timeout(PATIENCE), headers: { accept: 'text/html' } });
    const type = answer.headers.get('content-type') ?? '';
    if (!type.startsWith('text/html')) throw new Error(`the answer is ${answer.status}`);
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (byId('counted', fresh)) byId('counted', fresh).dataset.all = byId('counted', fresh).textContent;
    filter(fresh);
    byId('find', fresh)?.setAttribute('hidden', '');
    steadily(() => morph(document.body, fresh.body));
    document.title = fresh.title;
    readAt = new Date();
    away = false;
    announce();
    draw();
  } catch {
    sayAway();
  } finally {
    running = false;
  }
}

/** The loader does not answer: the page says so, and how old its figures are. */
function sayAway() {
  const seconds = Math.round((Date.now() - readAt) / 1000);
  const age = seconds < 5 ? 'just now' : seconds < 120 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
  const from = byId('as-of')?.querySelector('time').textContent ?? clock(readAt);
  const words = `The loader does not answer. Everything below is from ${from}, ${age}.`;
  byId('away').hidden = false;
  text(byId('away'), words);
  document.body.classList.add('away');
  away = true;
  announce();
}

// --- The chart, drawn from the rows of the history. ---

let chart;
let drawn = '';
// A picture keeps its size when the page becomes narrower: this one fits the paper.
const PAPER = 900;

function draw() {
  const place = byId('chart');
  const rows = place ? [...document.querySelectorAll('#runs tr')].reverse() : [];
  const figures = rows.map((row) => ({ ...row.dataset }));
  if (rows.length < 2 || !window.uPlot) return;
  place.hidden = false;
  const onPaper = document.documentElement.classList.contains('on-paper');
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const now = JSON.stringify([figures, dark, onPaper]);
  if (now === drawn) return;
  drawn = now;
  chart?.destroy();
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const axis = { stroke: colour('soft'), grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line') } };
  const big = (u, values) => values.map((value) => new Intl.NumberFormat('en', { notation: 'compact' }).format(value));
  const labels = rows.map((row) => row.cells[0].textContent.trim());
  const failed = rows.map((row, index) => (row.querySelector('.said.bad') ? +figures[index].seconds : null));
  // The legend shows the run under the pointer, and the newest run otherwise.
  const of = (values) => (u, value, series, index) => values[index ?? rows.length - 1];
  chart = new uPlot(
    {
      width: onPaper ? PAPER : place.clientWidth - 32,
      height: 220,
      scales: { x: { time: false, range: (u, least, most) => [least - 0.5, most + 0.5] }, rows: { range: (u, least, most) => [0, most || 1] }, seconds: { range: (u, least, most) => [0, most || 1] } },
      axes: [
        { ...axis, values: (u, at) => at.map((index) => labels[index] ?? ''), space: 110, incrs: [1, 2, 5, 10, 20] },
        { ...axis, scale: 'rows', values: big, size: 60 },
        { ...axis, scale: 'seconds', side: 1, values: (u, at) => at.map((value) => `${+value.toFixed(3)} s`), grid: { show: false }, size: 60 },
      ],
      series: [
        { label: 'Run', value: of(labels) },
        { label: 'Rows read', value: of(figures.map((run) => (+run.rows).toLocaleString('en'))), scale: 'rows', stroke: colour('bar'), fill: colour('bar'), paths: uPlot.paths.bars({ size: [0.7, 40] }), points: { show: false } },
        { label: 'Seconds', value: of(figures.map((run) => run.seconds)), scale: 'seconds', stroke: colour('ink'), width: 1.5, points: { show: true, size: 4 } },
        { label: 'Result', value: of(failed.map((at) => (at === null ? 'done' : 'failed'))), scale: 'seconds', stroke: colour('bad'), paths: () => null, points: { show: true, size: 9, fill: colour('bad') } },
      ],
    },
    [figures.map((_, index) => index), figures.map((run) => +run.rows), figures.map((run) => +run.seconds), failed],
    place,
  );
}

// --- What the user does ---

document.addEventListener('input', (event) => {
  if (event.target.id !== 'search') return;
  filter();
  remember();
});
document.addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-swap]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  remember();
  refresh();
});
window.addEventListener('popstate', () => refresh());
window.addEventListener('resize', () => chart?.setSize({ width: byId('chart').clientWidth - 32, height: 220 }));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
for (const event of ['beforeprint', 'afterprint']) {
  window.addEventListener(event, () => {
    document.documentElement.classList.toggle('on-paper', event === 'beforeprint');
    draw();
  });
}

// A page that nobody looks at asks for nothing.
const live = () => 'refresh' in document.body.dataset && document.visibilityState === 'visible';
setInterval(() => live() && refresh(), PERIOD);
document.addEventListener('visibilitychange', () => live() && refresh());

byId('find')?.setAttribute('hidden', '');
if (byId('counted') && !sought()) byId('counted').dataset.all = byId('counted').textContent;
if (sought()) refresh();
draw();
