package repl

// This file defines where options of a module system are defined.

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/lang"
)

// whyOption prints where an option gets its values, and reports whether source is an option:
// a value below config of a module system, beside which the set options lists definitions.
func (s *Session) whyOption(ctx context.Context, source string) (bool, error) {
	parts := strings.Split(source, ".")
	i := slices.Index(parts, "config")
	if i < 0 || i+1 >= len(parts) {
		return false, nil
	}
	option := parts[i+1:]
	parts[i] = "options"
	path := strings.Join(parts, ".")
	v, err := s.eval(ctx, path+".definitionsWithLocations or "+path+".files")
	if err != nil || v.Kind() != eval.KindList {
		return false, nil
	}
	if v.Len() == 0 {
		_, err := fmt.Fprintf(s.opt.Out, "%s is an option without a definition: it has its default\n", source)
		return true, err
	}
	for _, elem := range v.Elems() {
		if elem, err = elem.Force(ctx); err != nil {
			return true, err
		}
		if elem.Kind() == eval.KindAttrs {
			if elem, err = elem.Select(ctx, "file"); err != nil {
				return true, err
			}
		}
		file, ok := elem.Text()
		if !ok {
			continue
		}
		if pos, line := s.definition(ctx, file, option); pos.Line > 0 {
			fmt.Fprintf(s.opt.Out, "%s is an option, defined at %s\n  %s\n", source, pos, strings.TrimSpace(line))
			continue
		}
		fmt.Fprintf(s.opt.Out, "%s is an option, defined in %s\n", source, file)
	}
	return true, nil
}

// definition returns where the module in a file defines an option, and the line there; the
// zero Position if its source does not show that. Declarations below options do not count.
func (s *Session) definition(ctx context.Context, file string, option []string) (lang.Position, string) {
	text, err := s.ev.ReadFile(ctx, file)
	if err != nil {
		return lang.Position{}, ""
	}
	cfg := lang.NewConfig()
	tree, err := cfg.Parse(file, string(text))
	if err != nil {
		return lang.Position{}, ""
	}
	var at lang.Pos
	declared := map[lang.Expr]bool{} // sets below options, which declare them
	lang.Walk(tree.Root, func(x lang.Expr) bool {
		if at != 0 || declared[x] {
			return false
		}
		set, ok := x.(*lang.Attrs)
		if !ok {
			return true
		}
		for _, a := range set.List {
			if cfg.Symbols.Name(a.Name) == "options" && a.Value != nil {
				declared[a.Value] = true
			}
		}
		at = attrIn(cfg.Symbols, set, option)
		return at == 0
	})
	if at == 0 {
		return lang.Position{}, ""
	}
	pos := cfg.Files.Position(at)
	return pos, tree.File.Line(pos.Line)
}

// attrIn returns the position of an attribute path in a set, or in sets within it; 0 if it is
// not there.
func attrIn(symbols *lang.Symbols, set *lang.Attrs, path []string) lang.Pos {
	for _, a := range set.List {
		if symbols.Name(a.Name) != path[0] {
			continue
		}
		if len(path) == 1 {
			return a.Pos
		}
		if inner := setOf(a.Value); inner != nil {
			return attrIn(symbols, inner, path[1:])
		}
	}
	return 0
}

// setOf returns the set that an expression is, also as the last argument of a function such as
// mkIf; nil if it is none.
func setOf(x lang.Expr) *lang.Attrs {
	switch x := x.(type) {
	case *lang.Attrs:
		return x
	case *lang.Apply:
		return setOf(x.Args[len(x.Args)-1])
	}
	return nil
}
