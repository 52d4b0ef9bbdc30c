"use strict";

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

const table = (head, rows) =>
  element("table", {},
    element("tr", {}, ...head.map((text) => element("th", { textContent: text }))),
    ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, cell)))));

const code = (text) => element("code", { textContent: text });

// A form that sends the request and shows what came back.
const tryIt = (method, path, operation) => {
  const fields = (operation.parameters || []).map((parameter) => ({
    parameter,
    input: element("input", { placeholder: String(parameter.schema.default ?? "") }),
  }));
  const content = operation.requestBody?.content["application/json"];
  const body = content && element("textarea", { value: JSON.stringify(content.example, null, 2), spellcheck: false });
  const token = operation.security && element("input", { type: "password", autocomplete: "off" });
  const status = element("p");
  const answer = element("pre", { hidden: true });
  const button = element("button", { textContent: "Send" });
  button.onclick = async () => {
    button.disabled = true;
    let address = path;
    const query = new URLSearchParams();
    for (const { parameter, input } of fields) {
      if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
      else if (input.value) query.set(parameter.name, input.value);
    }
    if (query.size) address += `?${query}`;
    const request = { method: method.toUpperCase(), headers: {} };
    if (body?.value.trim()) {
      request.body = body.value;
      request.headers["Content-Type"] = "application/json";
    }
    if (token?.value) request.headers.Authorization = `Bearer ${token.value}`;
    try {
      const response = await fetch(address, request);
      const text = await response.text();
      status.textContent = `${response.status} ${address}`;
      status.className = response.ok ? "" : "failed";
      answer.textContent = JSON.stringify(JSON.parse(text), null, 2);
    } catch (error) {
      status.textContent = `No answer: ${error.message}`;
      status.className = "failed";
      answer.textContent = "";
    }
    answer.hidden = !answer.textContent;
    button.disabled = false;
  };
  return element("div", {},
    ...fields.map(({ parameter, input }) =>
      element("label", {}, code(parameter.name), ` ${parameter.description || ""} `, input)),
    ...(body ? [element("label", {}, "Body, which may be empty:", body)] : []),
    ...(token ? [element("label", {}, "Token, where one is set: ", token)] : []),
    button, status, answer);
};

const operation = (method, path, described) =>
  element("details", {},
    element("summary", {},
      element("span", { className: `method ${method}`, textContent: method.toUpperCase() }),
      code(path), ` ${described.summary}`),
    element("div", {},
      element("p", { textContent: described.description || "" }),
      table(["status", "answer"], Object.entries(described.responses).map(([status, response]) =>
        [code(status), response.description])),
      element("h3", { textContent: "Try it" }),
      tryIt(method, path, described)));

const schema = (name, described) =>
  element("details", { id: name },
    element("summary", {}, code(name)),
    element("div", {}, element("pre", { textContent: JSON.stringify(described, null, 2) })));

const show = (api) => {
  document.getElementById("about").replaceChildren(
    `${api.info.summary} ${api.info.description} `,
    element("a", { href: "/openapi.json", textContent: "The OpenAPI document" }));
  document.getElementById("operations").replaceChildren(...Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operation(method, path, described))));
  document.getElementById("schemas").replaceChildren(...Object.entries(api.components.schemas).map(([name, described]) =>
    schema(name, described)));
};

fetch("/openapi.json").then((response) => response.json()).then(show);
