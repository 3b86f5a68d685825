// Search, sort and theme. All of it stands in the address after '#', so that a view can be shared:
// #search=expired&sort=-findings&theme=dark ('-': descending).
'use strict';
{
  const byId = (id) => document.getElementById(id);
  const table = document.querySelector('.endpoints');
  const hosts = [...table.tBodies];
  const heads = [...table.tHead.rows[0].cells];
  const collator = new Intl.Collator('en', {numeric: true});
  const state = {search: '', sort: '', theme: ''};

  const isDark = () => (state.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

  function showTheme() {
    if (state.theme) document.documentElement.dataset.theme = state.theme;
    else delete document.documentElement.dataset.theme;
    byId('theme').setAttribute('aria-pressed', isDark());
  }

  function filter() {
    const words = state.search.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const host of hosts) {
      const text = words.length ? host.textContent.toLowerCase() : '';
      host.hidden = !words.every((word) => text.includes(word));
      if (!host.hidden) ++shown;
    }
    byId('shown').textContent = words.length ? `${shown} of ${hosts.length} shown` : '';
  }

  function compare(a, b) {
    if (a === '' || b === '') return 0;
    return isNaN(a) || isNaN(b) ? collator.compare(a, b) : a - b;
  }

  function sort() {
    const descending = state.sort.startsWith('-');
    const column = heads.findIndex((head) => head.dataset.column === state.sort.replace('-', ''));
    heads.forEach((head, i) => {
      if (i === column) head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    const rows = hosts.map((host) => {
      const cell = host.rows[0].cells[column];
      return {host, key: cell ? cell.dataset.key ?? cell.textContent.trim() : ''};
    });
    // What has no value comes last, whichever way round.
    rows.sort((a, b) => (a.key === '') - (b.key === '') || (descending ? compare(b.key, a.key) : compare(a.key, b.key)));
    table.append(...rows.map((row) => row.host));
  }

  function show() {
    byId('search').value = state.search;
    showTheme();
    filter();
    sort();
  }

  function readAddress() {
    if (location.hash.length > 1 && !location.hash.includes('=')) return;  // a link to a rule
    const address = new URLSearchParams(location.hash.slice(1));
    for (const key in state) state[key] = address.get(key) ?? '';
    show();
  }

  function change(key, value) {
    state[key] = value;
    const address = new URLSearchParams(Object.entries(state).filter(([, text]) => text));
    history.replaceState(null, '', '#' + address);
  }

  for (const head of heads) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    const {column, first = ''} = head.dataset;
    button.addEventListener('click', () => {
      const other = first ? column : '-' + column;
      change('sort', state.sort === first + column ? other : first + column);
      sort();
    });
  }

  let waiting;
  byId('search').addEventListener('input', (event) => {
    change('search', event.target.value);
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  byId('theme').addEventListener('click', () => {
    change('theme', isDark() ? 'light' : 'dark');
    showTheme();
  });

  const fold = (open) => hosts.forEach((host) => { if (!host.hidden) host.querySelector('details').open = open; });
  byId('open').addEventListener('click', () => fold(true));
  byId('close').addEventListener('click', () => fold(false));
  table.addEventListener('click', (event) => {
    if (event.target.closest('.more, thead') || String(getSelection())) return;
    const details = event.target.closest('tbody')?.querySelector('details');
    if (details) details.open = !details.open;
  });
  // Where style alone cannot unfold what is printed.
  if (!CSS.supports('selector(::details-content)')) addEventListener('beforeprint', () => fold(true));

  document.querySelector('header').after(byId('summary'));
  byId('controls').hidden = false;
  addEventListener('hashchange', readAddress);
  readAddress();
}
