// A list of parks with a search box, as it would be written in Svelte 5.
import { mount } from "svelte";

import App from "./App.svelte";
import { ready } from "./search.js";

const answer = await fetch("list.json");
mount(App, { target: document.body, props: { parks: ready(await answer.json()) } });
