const cell = (row, text, type) => {
  const code = document.createElement(type);
  code.textContent = text;
  row.insertCell().append(code);
};
fetch('/openapi.json').then(answer => answer.json()).then(api => {
  document.getElementById('title').textContent = api.info.title + ' API';
  document.getElementById('about').textContent = api.info.description;
  for (const tag of api.tags) {
    const heading = document.createElement('h2');
    heading.textContent = tag.description;
    const table = document.createElement('table');
    for (const [path, item] of Object.entries(api.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (operation.tags && operation.tags.includes(tag.name)) {
          const row = table.insertRow();
          cell(row, method.toUpperCase(), 'b');
          cell(row, path, 'code');
          cell(row, operation.summary + (operation.security ? ' (bearer token)' : ''), 'span');
        }
      }
    }
    document.querySelector('main').append(heading, table);
  }
});
