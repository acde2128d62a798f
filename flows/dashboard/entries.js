// A list of things to read, each with a link into the warehouse. Text is only ever set as textContent.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined && text !== null) element.textContent = text;
    return element;
  };
  const runs = (element, parts) => {
    for (const part of parts) {
      if (part.hit) element.append(make("mark", "", part.text));
      else element.append(document.createTextNode(part.text));
    }
    return element;
  };
  const list = make("ol", "entries");
  list.setAttribute("aria-label", data.label);
  for (const entry of data.entries) {
    const item = make("li", "entry");
    item.append(make("div", "lead", entry.lead || ""));
    const main = make("div", "main");
    if (entry.quote) {
      const quote = runs(make("blockquote", ""), entry.quote);
      quote.dir = "auto";
      main.append(quote);
    }
    const title = make(entry.quote ? "p" : "h3", "title");
    title.dir = "auto";
    if (entry.who && entry.quote) title.append(make("strong", "", entry.who), document.createTextNode(", in "));
    else if (entry.who) {
      main.append(make("h3", "title", entry.who));
      title.classList.add("below");
    }
    if (entry.query) {
      const link = runs(make("a", ""), entry.title);
      link.href = "article?" + new URLSearchParams(entry.query).toString();
      link.onclick = (click) => {
        if (click.button || click.metaKey || click.ctrlKey || click.shiftKey) return;
        click.preventDefault();
        setTriggerValue("opened", entry.query);
      };
      title.append(link);
    } else runs(title, entry.title);
    main.append(title);
    if (entry.text) {
      const text = runs(make("p", "text"), entry.text);
      text.dir = "auto";
      main.append(text);
    }
    const meta = make("p", "meta");
    for (const tag of entry.tags || []) meta.append(make("span", "tag " + (tag.kind || ""), tag.text));
    (entry.meta || []).forEach((said, at) => {
      if (at) meta.append(make("span", "dot", " · "));
      meta.append(make("span", "", said));
    });
    if (meta.childNodes.length) main.append(meta);
    item.append(main);
    list.append(item);
  }
  parentElement.querySelector("ol")?.remove();
  parentElement.append(list);
}
