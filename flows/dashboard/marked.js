// Blocks of a page with spans marked in them. Text is only ever set as textContent; a chosen span goes back by its name.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = document.createElement("div");
  root.className = "page " + data.look;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", data.label);
  for (const block of data.blocks) {
    const row = document.createElement("div");
    row.className = "block " + block.role + (block.kept ? " kept" : " removed");
    if (data.look === "raw") {
      const role = document.createElement("span");
      role.className = "role";
      role.textContent = block.role;
      row.title = block.says;
      row.append(role);
    }
    const text = document.createElement(block.tag || "p");
    text.dir = "auto";
    for (const piece of block.pieces) {
      if (!piece.fact) {
        text.append(document.createTextNode(piece.text));
        continue;
      }
      const span = document.createElement("span");
      span.className = "fact " + piece.kinds.join(" ") + (piece.facts.includes(data.chosen) ? " chosen" : "");
      span.textContent = piece.text;
      span.title = piece.says;
      span.setAttribute("role", "button");
      span.tabIndex = 0;
      span.dataset.fact = piece.fact;
      const choose = () => setTriggerValue("chosen", piece.fact);
      span.onclick = choose;
      span.onkeydown = (key) => {
        if (key.key === "Enter" || key.key === " ") {
          key.preventDefault();
          choose();
        }
      };
      text.append(span);
    }
    row.append(text);
    root.append(row);
  }
  parentElement.querySelector(".page")?.remove();
  parentElement.append(root);
}
