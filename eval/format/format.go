// Package format writes values in the forms that people and other programs read.
// It evaluates what it writes, piece by piece, and what it wrote can be read before
// the rest is evaluated.
//
//	nix   an expression, as nix eval and nix repl of the reference print it
//	json  as builtins.toJSON has it, on one line or several
//	yaml  YAML 1.2; what YAML 1.1 would read as something else is quoted as well
//	toml  TOML 1.0; the value is a set, and nothing in it is null
//	xml   as builtins.toXML has it
//	env   NAME='value' lines; the value is a set of strings, numbers, Booleans and paths
//	raw   the text of a string
//
// In json, yaml, toml and env, a path is copied to the store and becomes its path
// there, and a set with __toString or outPath, such as a derivation, becomes that.
//
// nix, json and raw do not end in a newline, the others do.
//
//	err := ev.Run(ctx, func(c *core.Call) error {
//		v, err := c.EvalText("«string»", text, "/")
//		…
//		return format.Write(c.Source(), os.Stdout, heap.Lazy(v), format.Options{Form: format.JSON})
//	})
//
// Values are also printed inside of evaluations: Short in messages, Trace by
// builtins.trace, ToJSON and ToXML by builtins, Result by nix-instantiate. So this package
// stands below the evaluator, which it knows as a Source.
//
// # Errors
//
// A part that cannot be evaluated or written is an Error, which says where in the value
// the part is. Without Options.OnError, an Error ends the text. Text that was not written
// yet is dropped then: there is no text at all if it is shorter than 64 KiB, and was
// complete within Options.Delay. Text that was written has no closing brackets behind it,
// and in forms without brackets a comment as its last line, so that it is not taken for
// the whole.
//
// With Options.OnError, which is told of each Error, the text goes on, and in place of the
// part it has «error: message», or in forms for programs a set with the attribute $error.
// Limits and interruptions end the text in any case, and so do values that are nested too
// deeply.
//
// # How printers work
//
// A walker goes through the value: it knows the path to where it is, evaluates parts, and
// makes errors. A printer embeds a walker, and is a visitor of it: the walker hands each
// value, attribute and element to the printer, and the printer appends text to the buffer
// of the walker. The walker counts that text in the budget of the evaluation, and hands it
// over to a sink, so no printer can write for long without a look at the limits.
//
//	source.go    what printers need of an evaluator
//	walker.go    path, evaluation, text;  error.go  errors
//	stream.go    sinks: when text is written;  document.go  text in memory
//	nix.go pretty.go color.go    expressions; their layout; colours of JSON, YAML and TOML
//	json.go yaml.go toml.go xml.go env.go
//	snapshot.go  values as they were, to compare them
package format

// This file defines Write and its options.

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/eval/heap"
)

// A Form is how values are written.
type Form string

// Forms of values.
const (
	Nix  Form = "nix"
	JSON Form = "json"
	YAML Form = "yaml"
	TOML Form = "toml"
	XML  Form = "xml"
	Env  Form = "env"
	Raw  Form = "raw"
)

// Forms returns all forms.
func Forms() []Form { return []Form{Nix, JSON, YAML, TOML, XML, Env, Raw} }

// ParseForm returns the form with that name.
func ParseForm(name string) (Form, error) {
	f := Form(name)
	switch f {
	case "yml":
		return YAML, nil
	case "dotenv", ".env":
		return Env, nil
	}
	if !slices.Contains(Forms(), f) {
		var names []string
		for _, f := range Forms() {
			names = append(names, string(f))
		}
		return "", fmt.Errorf("%q is not a form of output; there are %s", name, strings.Join(names, ", "))
	}
	return f, nil
}

// Options say how a value is written. The zero Options writes an expression on one
// line, as nix eval does but for errors.
type Options struct {
	Form Form // default: Nix

	// Pretty writes Nix and JSON on several lines, as nix repl and nix eval
	// --pretty do.
	Pretty bool
	// Width, if not 0, is how many columns there are: a set or list of Nix that fits
	// stays on one line. Default: only those with one element may, as in nix repl.
	Width int
	// Color marks strings, numbers and so on of Nix, JSON, YAML and TOML for a terminal. Of
	// Nix it also shows control characters as such.
	Color bool

	// Depth is how many levels of sets and lists are looked into; what is below is
	// not evaluated, but on its outside. Default: all.
	Depth int
	// Lazy leaves what is not evaluated yet: in Nix it is «thunk».
	Lazy bool
	// MaxAttrs, MaxItems and MaxString are how many attributes, elements of lists,
	// and bytes of a string are written of Nix. The first two count what is in the whole
	// value. Default: all.
	MaxAttrs, MaxItems, MaxString int
	// Derivations writes derivations as the sets that they are, in Nix. Default:
	// «derivation PATH».
	Derivations bool

	KeepPaths bool // write paths as they are, rather than as those of copies in the store
	Locations bool // say where attributes and functions are defined, in XML

	// OnError is told what cannot be evaluated or written. If it returns nil, an
	// error mark takes its place; if not, that ends the text. Default: the error
	// ends the text.
	OnError func(*Error) error
	// Delay is how long text may wait to be written while something is evaluated.
	// Default: 100 ms. Below 0 it waits until there is much of it.
	Delay time.Duration
}

const defaultDelay = 100 * time.Millisecond

// Write evaluates l and writes it.
func Write(src Source, to io.Writer, l heap.Lazy, opt Options) error {
	if opt.Color && (opt.Form == JSON || opt.Form == YAML || opt.Form == TOML) {
		opt.Color = false
		colors := newColorWriter(to, opt.Form)
		err := Write(src, colors, l, opt)
		if ended := colors.end(); err == nil {
			err = ended
		}
		return err
	}
	if opt.Delay == 0 {
		opt.Delay = defaultDelay
	}
	out := newStream(to, opt.Delay)
	defer out.release()
	w := newWalker(src, out, opt)
	err := w.write(l)
	if err != nil {
		if opt.Form == YAML || opt.Form == TOML || opt.Form == Env {
			w.buf = appendIncomplete(w.buf)
		}
		out.abort(w.buf)
		return err
	}
	return out.close(w.buf)
}

// write writes l in the form that the options ask for.
func (w *walker) write(l heap.Lazy) error {
	w.ahead = !w.opt.Lazy && w.opt.Depth == 0 && w.opt.MaxAttrs == 0 && w.opt.MaxItems == 0
	w.json = w.opt.Form == JSON || w.opt.Form == YAML
	switch w.opt.Form {
	case Nix, "":
		return newNixPrinter(w).value(l)
	case JSON:
		return newJSONPrinter(w).value(l)
	case YAML:
		return newYAMLPrinter(w).document(l)
	case TOML:
		return newTOMLPrinter(w).document(l)
	case XML:
		return newXMLPrinter(w).document(l)
	case Env:
		return newEnvPrinter(w).document(l)
	case Raw:
		return w.raw(l)
	}
	_, err := ParseForm(string(w.opt.Form))
	return err
}

// appendIncomplete says that the text is not complete, as a comment.
func appendIncomplete(text []byte) []byte {
	if n := len(text); n > 0 && text[n-1] != '\n' {
		text = append(text, '\n')
	}
	return append(text, "# incomplete: what follows could not be evaluated\n"...)
}
