/** The one way in which views are made: Preact with htm's templates. */
import { h, render, Component } from "preact";
import { useEffect, useLayoutEffect, useRef, useState, useReducer } from "preact/hooks";
import htm from "htm";

/** @type {(strings: TemplateStringsArray, ...values: any[]) => any} */
export const html = htm.bind(h);
/**
 * A view that is made anew only when one of its properties is another: a row of many.
 * @template P
 * @param {(props: P) => any} view
 */
export function still(view) {
  return class extends Component {
    /** @param {any} next */
    shouldComponentUpdate(next) {
      const now = /** @type {any} */ (this.props);
      return [...Object.keys(now), ...Object.keys(next)].some((name) => now[name] !== next[name]);
    }

    render() {
      return view(/** @type {any} */ (this.props));
    }
  };
}

export { render, useEffect, useLayoutEffect, useRef, useState, useReducer };
