import { render } from "preact";
import { App } from "./app.js";
import { keepOffline } from "./offline.js";
import { keepLaw } from "./reader.js";
import { keepLink } from "./state.js";

keepLink();
keepLaw();
render(<App />, document.getElementById("page")!);
keepOffline();
