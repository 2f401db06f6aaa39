package storecmd

// This file defines how commands print JSON.

import (
	"bytes"
	"encoding/json"

	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
)

// layoutFlags say how JSON is laid out.
type layoutFlags struct {
	Pretty   bool `help:"Indent JSON (default on a terminal)."`
	NoPretty bool `help:"Print JSON on one line (default, but for a terminal)."`
}

// jsonFlags are those of a command that can print JSON.
type jsonFlags struct {
	JSON bool `name:"json" help:"Print JSON."`
	layoutFlags
}

// object is a JSON object, which is printed with sorted keys.
type object = map[string]any

// printJSON prints a value.
func (e *Env) printJSON(v any, f layoutFlags) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	return e.printRaw(buf.Bytes(), f)
}

// printRaw prints a text that is JSON.
func (e *Env) printRaw(text []byte, f layoutFlags) error {
	text = bytes.TrimSuffix(text, []byte("\n"))
	if f.Pretty || !f.NoPretty && terminal.Of(e.Out, e.Getenv).Is {
		var buf bytes.Buffer
		if err := json.Indent(&buf, text, "", "  "); err != nil {
			return err
		}
		text = buf.Bytes()
	}
	e.Lines(string(text))
	return nil
}
