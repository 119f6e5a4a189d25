/** The one way in which views are made: Preact with htm's templates. */
import { h, render, Fragment } from "preact";
import { useEffect, useLayoutEffect, useRef, useState, useReducer } from "preact/hooks";
import htm from "htm";

/** @type {(strings: TemplateStringsArray, ...values: any[]) => any} */
export const html = htm.bind(h);
export { render, Fragment, useEffect, useLayoutEffect, useRef, useState, useReducer };
