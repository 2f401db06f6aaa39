package nixenv

// This file defines how manifests are written: plain data as expressions of Nix. What a value
// has twice is written twice, since the manifest is evaluated again.

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/lang"
)

// A manifestWriter writes a manifest.
type manifestWriter struct {
	strings.Builder
	ctx context.Context
}

// escapesNix are the characters that do not stand for themselves in a string.
var escapesNix = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "${", `\${`)

// value writes what Encode would take: strings, lists, sets, and values that are plain data.
func (w *manifestWriter) value(x any) error {
	switch x := x.(type) {
	case string:
		w.WriteString(`"` + escapesNix.Replace(x) + `"`)
		return nil
	case []string:
		return list(w, x)
	case []any:
		return list(w, x)
	case map[string]any:
		w.WriteString("{ ")
		for _, name := range slices.Sorted(maps.Keys(x)) {
			w.WriteString(lang.QuoteName(name) + " = ")
			if err := w.value(x[name]); err != nil {
				return err
			}
			w.WriteString("; ")
		}
		w.WriteString("}")
		return nil
	case eval.Value:
		return w.plain(x)
	}
	return fmt.Errorf("nix-env: a manifest cannot have a %T", x)
}

// list writes a list.
func list[T any](w *manifestWriter, elements []T) error {
	w.WriteString("[ ")
	for _, x := range elements {
		if err := w.value(x); err != nil {
			return err
		}
		w.WriteString(" ")
	}
	w.WriteString("]")
	return nil
}

// plain writes a value.
func (w *manifestWriter) plain(v eval.Value) error {
	v, err := v.Force(w.ctx)
	if err != nil {
		return err
	}
	switch v.Kind() {
	case eval.KindString:
		text, _ := v.Text()
		return w.value(text)
	case eval.KindInt:
		n, _ := v.Int()
		w.WriteString(strconv.FormatInt(n, 10))
	case eval.KindFloat:
		f, _ := v.Float()
		text := strconv.FormatFloat(f, 'g', 6, 64)
		if !strings.Contains(text, ".") {
			// The reference writes 1e+10, which it cannot read again.
			text = strings.Replace(text, "e", ".0e", 1)
		}
		w.WriteString(text)
	case eval.KindBool:
		yes, _ := v.Bool()
		w.WriteString(strconv.FormatBool(yes))
	case eval.KindList:
		var elements []any
		for _, x := range v.Elems() {
			elements = append(elements, x)
		}
		return w.value(elements)
	case eval.KindAttrs:
		set := map[string]any{}
		for name, x := range v.Attrs() {
			set[name] = x
		}
		return w.value(set)
	default:
		return fmt.Errorf("nix-env: a manifest cannot have a %s", v.Kind())
	}
	return nil
}
