package repl

// This file defines the commands that look at values.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/manual"
	"github.com/firn-lang/firn/lang"
)

// printAll prints all of a value, strings as they are, without quotes. :print.
func (s *Session) printAll(ctx context.Context, arg string) error {
	v, err := s.eval(ctx, arg)
	if err != nil {
		return err
	}
	if text, ok := v.Text(); ok && v.Kind() == eval.KindString {
		_, err := fmt.Fprintln(s.opt.Out, text)
		return err
	}
	s.it = v
	return s.print(ctx, v, maxPrinted)
}

// maxPrinted is how many levels :p prints; deeper sets and lists are { ... } and [ ... ].
// A value that nests that deeply is a mistake, or one of many thousand levels.
const maxPrinted = 500

// describeKind returns the type of a value in the words of messages.
func describeKind(v eval.Value) string {
	switch v.Kind() {
	case eval.KindInt:
		return "an integer"
	case eval.KindBool:
		return "a Boolean"
	case eval.KindString:
		if len(v.Context()) > 0 {
			return "a string with context"
		}
		return "a string"
	case eval.KindPath:
		return "a path"
	case eval.KindNull:
		return "null"
	case eval.KindAttrs:
		return "a set"
	case eval.KindList:
		return "a list"
	case eval.KindFloat:
		return "a float"
	case eval.KindFunction:
		switch f, _ := v.Function(); {
		case f.Builtin && f.Given > 0:
			return fmt.Sprintf("the partially applied built-in function '%s'", f.Name)
		case f.Builtin:
			return fmt.Sprintf("the built-in function '%s'", f.Name)
		}
		return "a function"
	}
	return "an external value"
}

// kind prints the type of a value. :t.
func (s *Session) kind(ctx context.Context, arg string) error {
	v, err := s.eval(ctx, arg)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.opt.Out, describeKind(v))
	return err
}

// describe prints the type of a value, and what it consists of: the number of elements, the
// names in a set, the arguments of a function. :type.
func (s *Session) describe(ctx context.Context, arg string) error {
	v, err := s.eval(ctx, arg)
	if err != nil {
		return err
	}
	out := s.opt.Out
	fmt.Fprintln(out, describeKind(v))
	switch v.Kind() {
	case eval.KindList:
		fmt.Fprintf(out, "  of %s\n", count(v.Len(), "element"))
	case eval.KindAttrs:
		names := attrNames(v)
		fmt.Fprintf(out, "  of %s: %s\n", count(len(names), "attribute"), elideAt(names, 12))
	case eval.KindFunction:
		s.describeFunction(v)
	}
	return nil
}

// attrNames returns the names in a set, sorted.
func attrNames(v eval.Value) []string {
	var names []string
	for name := range v.Attrs() {
		names = append(names, name)
	}
	return names
}

// elideAt joins names, of many the first ones.
func elideAt(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, " ")
	}
	return fmt.Sprintf("%s … and %d more", strings.Join(names[:most], " "), len(names)-most)
}

// describeFunction prints the place, the arguments and the documentation of a function. For
// sets of arguments it prints a line each, with the default and the comment.
func (s *Session) describeFunction(v eval.Value) {
	f, ok := v.Function()
	if !ok {
		return
	}
	out := s.opt.Out
	if f.Position.Line > 0 {
		fmt.Fprintf(out, "  %sdefined at %s\n", nameOf(f), f.Position)
	}
	switch {
	case f.Formals != nil:
		fmt.Fprintln(out, "  takes a set of:")
		for _, formal := range f.Formals {
			line := "    " + formal.Name
			if formal.Default != "" {
				line += " ? " + strings.Join(strings.Fields(formal.Default), " ")
			}
			if formal.Doc != "" {
				line += "  # " + strings.Join(strings.Fields(formal.Doc), " ")
			}
			fmt.Fprintln(out, line)
		}
		if f.Ellipsis {
			fmt.Fprintln(out, "    … and any others")
		}
	case len(f.Args) > 0:
		args := slices.Clone(f.Args)
		for i := range args {
			if args[i] == "" {
				args[i] = "{ … }"
			}
		}
		fmt.Fprintf(out, "  takes %s\n", strings.Join(args, " "))
	}
	if f.Doc != "" && !f.Builtin {
		fmt.Fprintln(out)
		s.writeDoc(f.Doc)
	}
}

// nameOf returns the name of a function for "NAME, defined at"; "" if it has none.
func nameOf(f eval.FunctionInfo) string {
	if f.Name == "" {
		return ""
	}
	return f.Name + ", "
}

// writeDoc writes a documentation text, indented.
func (s *Session) writeDoc(text string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, " \t\r\n"); line != "" {
			line = "  " + line
		}
		fmt.Fprintln(s.opt.Out, line)
	}
}

// builtinDoc prints the manual's entry of a builtin; of a function of the program that embeds
// the session, what that says.
func (s *Session) builtinDoc(f eval.FunctionInfo) error {
	e, ok := manual.Find("builtins." + f.Name)
	if !ok { // a function of the program that has the prompt
		e = manual.Entry{Name: f.Name, Args: f.Args, Doc: f.Doc}
	}
	_, err := io.WriteString(s.opt.Out, e.Text(s.opt.Width(), s.docStyle()))
	return err
}

// A place is an expression that is an attribute of a set, or a variable: what has a position
// and documentation of its own, beside those of its value.
type place struct {
	set  string // the expression of the set; "" for a variable
	name string
}

// placeOf returns the place that an expression is, and whether it is one.
func placeOf(source string) (place, bool) {
	cfg := lang.NewConfig()
	tree, err := cfg.Parse("", source)
	if err != nil {
		return place{}, false
	}
	switch x := tree.Root.(type) {
	case *lang.Var:
		return place{name: cfg.Symbols.Name(x.Name)}, true
	case *lang.Select:
		last := x.Path[len(x.Path)-1]
		if x.Default != nil || last.Name == 0 {
			return place{}, false
		}
		text := source[:tree.File.Offset(last.Pos)]
		text = strings.TrimRight(strings.TrimSpace(text), ".")
		return place{set: text, name: cfg.Symbols.Name(last.Name)}, true
	}
	return place{}, false
}

// doc prints documentation: of a builtin its entry in the manual, of an attribute or a loaded
// name the comment before it, of a function the comment before it or its binding. :doc.
func (s *Session) doc(ctx context.Context, arg string) error {
	v, err := s.eval(ctx, arg)
	if err != nil {
		return err
	}
	if f, ok := v.Function(); ok && f.Builtin {
		return s.builtinDoc(f)
	}
	// The comment at the attribute is about it, whatever value it has.
	if at, ok := placeOf(arg); ok {
		if doc, pos := s.attributeDoc(ctx, at); doc != "" {
			if pos.Line > 0 {
				fmt.Fprintf(s.opt.Out, "%s, defined at %s\n\n", arg, pos)
			}
			s.writeDoc(doc)
			return nil
		}
	}
	fn := v
	if v.Kind() == eval.KindAttrs {
		if functor, ok := v.Attr("__functor"); ok {
			if fn, err = functor.Force(ctx); err != nil {
				return err
			}
		}
	}
	if f, ok := fn.Function(); ok {
		if text := cmp.Or(f.Doc, f.Comment()); text != "" {
			fmt.Fprintf(s.opt.Out, "%sdefined at %s\n\n", nameOf(f), f.Position)
			s.writeDoc(text)
			return nil
		}
		return fmt.Errorf("the function has no documentation, which would be a comment before it at %s", f.Position)
	}
	return errors.New("value does not have documentation")
}

// attributeDoc returns the documentation of an attribute or of a name that was loaded,
// and where it was defined.
func (s *Session) attributeDoc(ctx context.Context, at place) (string, lang.Position) {
	if at.set == "" {
		pos, _, _ := s.scope.position(at.name)
		return s.scope.doc(at.name), pos
	}
	set, err := s.eval(ctx, at.set)
	if err != nil {
		return "", lang.Position{}
	}
	pos, _ := set.Position(at.name)
	return set.Doc(at.name), pos
}

// ListDocs prints the names of the sets that were loaded, sorted, each with the first
// line of its documentation. It evaluates none of them.
func (s *Session) ListDocs() error {
	w := tabwriter.NewWriter(s.opt.Out, 0, 0, 2, ' ', 0)
	for _, name := range s.scope.names() {
		line, _, _ := strings.Cut(s.scope.doc(name), "\n")
		if width := s.opt.Width() - 34; width > 10 && len(line) > width {
			line = strings.ToValidUTF8(line[:width], "") + " …"
		}
		if line != "" {
			name += "\t" + line
		}
		fmt.Fprintln(w, name)
	}
	return w.Flush()
}

// why prints where a name or attribute was defined, for an option of a module system all
// definitions, and for a function where it is written. :why.
func (s *Session) why(ctx context.Context, arg string) error {
	at, ok := placeOf(arg)
	switch {
	case !ok:
		v, err := s.eval(ctx, arg)
		if err != nil {
			return err
		}
		if f, ok := v.Function(); ok && f.Position.Line > 0 {
			_, err := fmt.Fprintf(s.opt.Out, "%sdefined at %s\n", nameOf(f), f.Position)
			return err
		}
		return errors.New(":why takes a variable, or an attribute such as a.b.c")
	case at.set == "":
		pos, line, ok := s.scope.position(at.name)
		if _, known := s.lookup(at.name); !known {
			if _, err := s.eval(ctx, at.name); err != nil {
				return err
			}
			_, err := fmt.Fprintf(s.opt.Out, "%s is one of the builtins\n", at.name)
			return err
		}
		if !ok {
			return fmt.Errorf("it is not known where '%s' was defined", at.name)
		}
		return s.writePlace(at.name, pos, line)
	}
	set, err := s.eval(ctx, at.set)
	if err != nil {
		return err
	}
	if set.Kind() != eval.KindAttrs {
		return fmt.Errorf("expected a set but found %s", describeKind(set))
	}
	v, ok := set.Attr(at.name)
	if !ok {
		return fmt.Errorf("attribute '%s' missing%s", at.name, didYouMean(at.name, attrNames(set)))
	}
	if ok, err := s.whyOption(ctx, arg); ok || err != nil {
		return err
	}
	if pos, ok := set.Position(at.name); ok {
		err = s.writePlace(arg, pos, "")
	} else {
		_, err = fmt.Fprintf(s.opt.Out, "%s was made by a builtin: it has no place\n", arg)
	}
	if err != nil {
		return err
	}
	if v, err := v.Force(ctx); err == nil {
		if f, ok := v.Function(); ok && f.Position.Line > 0 {
			fmt.Fprintf(s.opt.Out, "it is a function, %sdefined at %s\n", nameOf(f), f.Position)
		}
	}
	return nil
}

// writePlace prints a place, and the line there: line if it was typed, else that of the file.
func (s *Session) writePlace(name string, pos lang.Position, line string) error {
	fmt.Fprintf(s.opt.Out, "%s was defined at %s\n", name, pos)
	if line == "" && path.IsAbs(pos.File) {
		line = s.ev.SourceLine(pos)
	}
	if line = strings.TrimSpace(line); line != "" {
		fmt.Fprintf(s.opt.Out, "  %s\n", line)
	}
	return nil
}

// deps prints the derivations and sources that a derivation takes directly. :deps.
func (s *Session) deps(ctx context.Context, arg string) error {
	v, err := s.eval(ctx, arg)
	if err != nil {
		return err
	}
	if v.Kind() == eval.KindAttrs {
		if v, err = v.Select(ctx, "drvPath"); err != nil {
			return err
		}
	}
	text, ok := v.Text()
	if !ok {
		return fmt.Errorf("expected a derivation but found %s", describeKind(v))
	}
	d, err := s.ev.Derivation(text)
	if err != nil {
		return err
	}
	out := s.opt.Out
	fmt.Fprintln(out, text)
	var inputs []string
	for _, input := range d.InputDrvs {
		inputs = append(inputs, input.Drv)
	}
	slices.Sort(inputs)
	fmt.Fprintf(out, "  %s\n", count(len(inputs), "derivation"))
	for _, input := range inputs {
		fmt.Fprintf(out, "    %s\n", strings.TrimSuffix(storeName(input), ".drv"))
	}
	fmt.Fprintf(out, "  %s\n", count(len(d.InputSrcs), "source"))
	for _, input := range d.InputSrcs {
		fmt.Fprintf(out, "    %s\n", storeName(input))
	}
	return nil
}

// storeName returns the name of a store path, without the hash.
func storeName(p string) string {
	_, name, _ := strings.Cut(path.Base(p), "-")
	return name
}

// edit opens the file in which a value was defined in the user's editor, and reloads. :edit.
func (s *Session) edit(ctx context.Context, arg string) error {
	if s.opt.Edit == nil {
		return errors.New("there is no editor here")
	}
	pos, err := s.editPlace(ctx, arg)
	if err != nil {
		return err
	}
	if !path.IsAbs(pos.File) {
		return fmt.Errorf("'%s' is not a file", pos.File)
	}
	if err := s.opt.Edit(pos.File, max(pos.Line, 1)); err != nil {
		return err
	}
	return s.reload(ctx, "")
}

// editPlace returns the place to edit: the path that the value is, the meta.position of a
// package, the text of a function, or the place of an attribute, in this order.
func (s *Session) editPlace(ctx context.Context, arg string) (lang.Position, error) {
	v, err := s.eval(ctx, arg)
	if err != nil {
		return lang.Position{}, err
	}
	switch v.Kind() {
	case eval.KindPath, eval.KindString:
		text, _ := v.Text()
		return splitPosition(text), nil
	case eval.KindFunction:
		if f, _ := v.Function(); f.Position.Line > 0 {
			return f.Position, nil
		}
	case eval.KindAttrs:
		if pos, err := v.Select(ctx, "meta.position"); err == nil {
			if text, ok := pos.Text(); ok {
				return splitPosition(text), nil
			}
		}
	}
	if at, ok := placeOf(arg); ok {
		if at.set == "" {
			if pos, _, ok := s.scope.position(at.name); ok {
				return pos, nil
			}
		} else if set, err := s.eval(ctx, at.set); err == nil {
			if pos, ok := set.Position(at.name); ok {
				return pos, nil
			}
		}
	}
	return lang.Position{}, errors.New("it is not known where this was defined")
}

// splitPosition splits FILE:LINE. Without a line, Line is 0.
func splitPosition(text string) lang.Position {
	pos := lang.Position{File: text}
	if i := strings.LastIndexByte(text, ':'); i > 0 {
		if _, err := fmt.Sscanf(text[i+1:], "%d", &pos.Line); err == nil {
			pos.File = text[:i]
		}
	}
	return pos
}

// time evaluates all of an expression, prints the value, and what that took. Memory and files
// are those of the evaluator so far. :time.
func (s *Session) time(ctx context.Context, arg string) error {
	start := s.opt.Now()
	v, err := s.eval(ctx, arg)
	if err == nil {
		err = v.DeepForce(ctx)
	}
	took := s.opt.Now().Sub(start)
	if err != nil {
		return err
	}
	if err := s.show(ctx, v); err != nil {
		return err
	}
	stats := s.ev.Stats()
	_, err = fmt.Fprintf(s.opt.Out, "%s; %s of values, %s read\n",
		took.Round(10*time.Microsecond), size(stats.HeapUsed), count(stats.Files, "file"))
	return err
}

// size returns a number of bytes for people, in KiB or more.
func size(n uint64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
}

// watchEvery is the time between two looks at the files of :watch.
const watchEvery = 200 * time.Millisecond

// watch prints a value, and again whenever a file that it depends on changes it, until ctx is
// done. Errors are printed, and waited behind as well. :watch.
func (s *Session) watch(ctx context.Context, arg string) error {
	last := ""
	for {
		s.ev.Forget() // files are read again, values of the session stay
		var text strings.Builder
		v, err := s.eval(ctx, arg)
		if err == nil {
			s.it = v
			err = s.write(ctx, &text, v, s.settings.Depth)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			s.printError(err)
			last = ""
		case text.String() != last:
			last = text.String()
			io.WriteString(s.opt.Out, last)
		}
		reads := s.ev.Reads()
		if len(reads) == 0 {
			return errors.New("nothing to watch: the value depends on no file")
		}
		for len(s.ev.Changed(ctx, s.ev.Reads())) == 0 { // whose stamps may become known
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(watchEvery):
			}
		}
	}
}
