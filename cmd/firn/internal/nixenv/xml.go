package nixenv

// This file defines nix-env --query --xml.

import (
	"context"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval"
)

// An xmlWriter writes elements of XML, each on a line.
type xmlWriter struct {
	line  func(text string)
	depth int
}

// escapes are the characters that stand for themselves nowhere in an attribute.
var escapes = strings.NewReplacer(`"`, "&quot;", "<", "&lt;", ">", "&gt;", "&", "&amp;", "\n", "&#xA;")

// tag writes a tag. attrs are names and values; those without a name are left out. end is what
// stands before the last character.
func (x *xmlWriter) tag(name, end string, attrs ...string) {
	var out strings.Builder
	out.WriteString(strings.Repeat("  ", x.depth) + "<" + name)
	for i := 0; i < len(attrs); i += 2 {
		if attrs[i] != "" {
			out.WriteString(" " + attrs[i] + `="` + escapes.Replace(attrs[i+1]) + `"`)
		}
	}
	x.line(out.String() + end + ">")
}

// empty writes an element without contents.
func (x *xmlWriter) empty(name string, attrs ...string) { x.tag(name, " /", attrs...) }

// element writes an element with the contents that fn writes.
func (x *xmlWriter) element(name string, fn func() error, attrs ...string) error {
	x.tag(name, "", attrs...)
	x.depth++
	err := fn()
	x.depth--
	x.tag("/"+name, "")
	return err
}

// printXML prints an element for each package.
func (q *query) printXML(ctx context.Context, list []*element) error {
	x := &xmlWriter{line: func(text string) { q.Lines(text) }}
	x.line("<?xml version='1.0' encoding='utf-8'?>")
	return x.element("items", func() error {
		return q.each(list, func(e *element) error { return q.printItem(ctx, x, e) })
	})
}

// printItem prints the element of a package. Its attributes are sorted by their names.
func (q *query) printItem(ctx context.Context, x *xmlWriter, e *element) error {
	full, name, v, err := e.split(ctx)
	if err != nil {
		return err
	}
	attrs := []string{"attrPath", e.attrPath}
	// when adds an attribute, or one without a name, which is left out.
	when := func(wanted bool, name, value string) {
		if !wanted {
			name = ""
		}
		attrs = append(attrs, name, value)
	}
	var drvPath, description, sign, other string
	if q.compare {
		if sign, other, err = q.compareWith(ctx, e); err != nil {
			return err
		}
	}
	system, err := e.System(ctx)
	if err == nil && q.drvPath {
		drvPath, err = e.DrvPath(ctx)
	}
	if err == nil && q.description {
		description, err = e.metaText(ctx, "description")
	}
	if err != nil {
		return err
	}
	output, err := e.OutputName(ctx)
	if err != nil {
		return err
	}
	when(description != "", "description", description)
	when(drvPath != "", "drvPath", drvPath)
	when(q.status, "installed", bit(q.installed[e.outPath]))
	when(q.compare && sign != "-", "maxComparedVersion", other)
	attrs = append(attrs, "name", full, "outputName", output, "pname", name)
	when(q.status, "substitutable", bit(q.elsewhere[e.outPath]))
	when(system != "", "system", system)
	when(q.status, "valid", bit(q.valid[e.outPath]))
	attrs = append(attrs, "version", v)
	when(q.compare && sign != "-", "versionDiff", sign)
	return x.element("item", func() error {
		outputs, err := e.Outputs(ctx, q.outPath)
		if err != nil {
			return err
		}
		for _, o := range outputs {
			a := []string{"name", o.Name}
			if o.Path != "" {
				a = append(a, "path", o.Path)
			}
			x.empty("output", a...)
		}
		if !q.meta {
			return nil
		}
		return q.eachMeta(ctx, e, func(name string, v eval.Value, ok bool) error {
			if !ok {
				return nil
			}
			return printMeta(ctx, x, name, v)
		})
	}, attrs...)
}

func bit(yes bool) string {
	if yes {
		return "1"
	}
	return "0"
}

// printMeta prints meta data. Of lists and sets, it prints the strings.
func printMeta(ctx context.Context, x *xmlWriter, name string, v eval.Value) error {
	plain := func(kind, text string) { x.empty("meta", "name", name, "type", kind, "value", text) }
	switch v.Kind() {
	case eval.KindString:
		text, _ := v.Text()
		plain("string", text)
	case eval.KindInt:
		n, _ := v.Int()
		plain("int", strconv.FormatInt(n, 10))
	case eval.KindFloat:
		f, _ := v.Float()
		plain("float", strconv.FormatFloat(f, 'g', 6, 64))
	case eval.KindBool:
		yes, _ := v.Bool()
		plain("bool", strconv.FormatBool(yes))
	case eval.KindList:
		return x.element("meta", func() error {
			for _, part := range v.Elems() {
				if err := printPart(ctx, x, part); err != nil {
					return err
				}
			}
			return nil
		}, "name", name, "type", "strings")
	case eval.KindAttrs:
		return x.element("meta", func() error {
			for key, part := range v.Attrs() {
				if err := printPart(ctx, x, part, "type", key); err != nil {
					return err
				}
			}
			return nil
		}, "name", name, "type", "strings")
	}
	return nil
}

// printPart prints a part of meta data that is a string; others it leaves out.
func printPart(ctx context.Context, x *xmlWriter, part eval.Value, attrs ...string) error {
	part, err := part.Force(ctx)
	if err != nil {
		return err
	}
	if text, ok := part.Text(); ok {
		x.empty("string", append(attrs, "value", text)...)
	}
	return nil
}
