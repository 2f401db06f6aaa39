package format

// This file defines environment variables: lines NAME=VALUE.
//
// A value that has only letters, digits and a few signs has no quotes. Others are in
// single quotes, or if they have one of those themselves, in double quotes with
// backslashes. All of that means the same to a POSIX shell, to EnvironmentFile= of
// systemd, and to Docker Compose, also when there are newlines in between. docker run
// --env-file knows no quotes, so it reads only values right that have none.

import (
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/datatext"
	"github.com/firn-lang/firn/eval/heap"
)

type envPrinter struct{ *walker }

func newEnvPrinter(w *walker) *envPrinter { return &envPrinter{w} }

// document writes l, which has to be a set.
func (w *envPrinter) document(l heap.Lazy) error {
	d, err := w.peek(l)
	if err != nil {
		return err
	}
	if d.isText || !w.h.KindOf(d.v).IsAttrs() {
		what := any("a string")
		if !d.isText {
			what = w.src.TypeText(d.v)
		}
		return w.failf(NoForm, "environment variables are a set of names and values, but the value is %s", what)
	}
	for _, e := range w.src.SortedAttrs(d.v) {
		w.intoAttr(d.v, e.Name)
		if err := w.variable(e); err != nil {
			if _, err := w.absorb(err); err != nil {
				return err
			}
			w.buf = append(w.buf, "# "...)
			w.buf = append(w.buf, strings.ReplaceAll(err.Error(), "\n", " ")...)
			w.buf = append(w.buf, '\n')
		}
		w.leavePart()
		if err := w.flush(); err != nil {
			return err
		}
	}
	return nil
}

// variable writes a line, or nothing if it fails. Null is no variable.
func (w *envPrinter) variable(e heap.Entry) error {
	name := w.src.Name(e.Name)
	if !isVariable(name) {
		return w.failf(NoForm, "'%s' is not the name of an environment variable: those are of letters, digits and _", name)
	}
	d, err := w.peek(e.Value)
	if err != nil {
		return err
	}
	text := d.text
	if !d.isText {
		if d.v == 0 {
			return w.failf(NoForm, "the value is not evaluated")
		}
		switch k := w.h.KindOf(d.v); {
		case k.IsInt():
			text = strconv.FormatInt(w.h.Int(d.v), 10)
		case k == heap.Float:
			text = string(datatext.AppendJSONFloat(nil, w.h.Float(d.v)))
		case k == heap.Bool:
			text = strconv.FormatBool(w.h.Bool(d.v))
		case k == heap.Null:
			return nil
		case k.IsFunction():
			return w.noForm(d.v, Env)
		default:
			return w.failf(NoForm, "an environment variable cannot be %s; to put it into one string, use builtins.toJSON or lib.concatStringsSep",
				w.src.TypeText(d.v))
		}
	}
	if strings.Contains(text, "\x00") {
		return w.failf(NoForm, "an environment variable cannot contain a zero byte")
	}
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, '=')
	w.buf = appendShellWord(w.buf, text)
	w.buf = append(w.buf, '\n')
	return nil
}

func isVariable(name string) bool {
	for i := range len(name) {
		c := name[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || i > 0 && c >= '0' && c <= '9') {
			return false
		}
	}
	return name != ""
}

// appendShellWord appends s as one word of a shell.
func appendShellWord(buf []byte, s string) []byte {
	special := func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_-./:@%+,=", r))
	}
	switch {
	case strings.IndexFunc(s, special) < 0:
		return append(buf, s...)
	case !strings.Contains(s, "'"):
		return append(append(append(buf, '\''), s...), '\'')
	}
	buf = append(buf, '"')
	for i := range len(s) {
		if strings.IndexByte("\"\\$`", s[i]) >= 0 {
			buf = append(buf, '\\')
		}
		buf = append(buf, s[i])
	}
	return append(buf, '"')
}
