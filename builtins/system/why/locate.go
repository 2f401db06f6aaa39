package why

// This file defines Source: what the text of a file tells about definitions and reads.

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/firn-lang/firn/lang"
)

// A Source is a file of a configuration, or a module.
type Source struct {
	file   *lang.File
	syms   *lang.Symbols
	places []place
	reads  [][]string
}

// A place is an attribute that a file defines somewhere.
type place struct {
	path  []string
	line  int
	value lang.Expr // nil for inherit (x) y
}

// Parse reads a file; nil if it has errors, which the evaluator tells of.
func Parse(name, text string) *Source {
	cfg := lang.NewConfig()
	tree, err := cfg.Parse(name, text)
	if err != nil {
		return nil
	}
	s := &Source{file: tree.File, syms: cfg.Symbols}
	s.scan(tree.Root)
	return s
}

// line returns the line of a position.
func (s *Source) line(p lang.Pos) int { return s.file.Position(p).Line }

// scan collects definitions and reads. Each set of the file may be one that defines options:
// that of the module, an argument of mkIf or mkMerge, one that is merged by //, or a module of its
// own among others.
func (s *Source) scan(root lang.Expr) {
	aliases := map[lang.Symbol][]string{} // cfg = config.services.x
	lang.Walk(root, func(x lang.Expr) bool {
		if set, ok := x.(*lang.Attrs); ok {
			for i := range set.List {
				if path := s.configPath(set.List[i].Value, nil); len(path) > 0 && set.List[i].Kind == lang.AttrPlain {
					aliases[set.List[i].Name] = path
				}
			}
		}
		if let, ok := x.(*lang.Let); ok {
			for i := range let.Binds.List {
				if path := s.configPath(let.Binds.List[i].Value, nil); len(path) > 0 && let.Binds.List[i].Kind == lang.AttrPlain {
					aliases[let.Binds.List[i].Name] = path
				}
			}
		}
		return true
	})
	seen := map[string]bool{}
	variables := map[*lang.Attrs]bool{} // sets of let, which define no options
	lang.Walk(root, func(x lang.Expr) bool {
		switch x := x.(type) {
		case *lang.Let:
			variables[x.Binds] = true
		case *lang.Attrs:
			if !variables[x] {
				s.set(x, nil)
			}
		case *lang.Select, *lang.Var, *lang.HasAttr:
			if path := s.configPath(x, aliases); len(path) > 1 && !seen[strings.Join(path, "\x00")] {
				seen[strings.Join(path, "\x00")] = true
				s.reads = append(s.reads, path)
			}
		}
		return true
	})
}

// configPath returns the path that an expression reads from config; nil if it reads nothing.
func (s *Source) configPath(x lang.Expr, aliases map[lang.Symbol][]string) []string {
	switch x := x.(type) {
	case *lang.Var:
		return aliases[x.Name]
	case *lang.Select:
		return s.selected(x.X, x.Path, aliases)
	case *lang.HasAttr:
		return s.selected(x.X, x.Path, aliases)
	}
	return nil
}

// selected returns the path that X.a.b reads from config, up to a name that is computed.
func (s *Source) selected(of lang.Expr, names []lang.AttrName, aliases map[lang.Symbol][]string) []string {
	v, ok := of.(*lang.Var)
	if !ok {
		return nil
	}
	path := slices.Clone(aliases[v.Name])
	if path == nil && s.syms.Name(v.Name) != "config" {
		return nil
	}
	for _, n := range names {
		if n.Name == 0 {
			break
		}
		path = append(path, s.syms.Name(n.Name))
	}
	return path
}

// set adds the attributes of a set, and of the sets in it, under a path.
func (s *Source) set(set *lang.Attrs, under []string) {
	for i := range set.List {
		a := &set.List[i]
		path := append(slices.Clip(under), s.syms.Name(a.Name))
		s.places = append(s.places, place{path, s.line(a.Pos), a.Value})
		s.inside(a.Value, path)
	}
	for i := range set.Dynamic {
		// A name that is computed stands for any.
		path := append(slices.Clip(under), "")
		s.places = append(s.places, place{path, s.line(set.Dynamic[i].Pos), set.Dynamic[i].Value})
		s.inside(set.Dynamic[i].Value, path)
	}
}

// inside adds the attributes of sets that a value consists of, through what may be around
// them: mkIf c { }, { } // { }, [ { } ], x: { }, if and let.
func (s *Source) inside(x lang.Expr, path []string) {
	switch x := x.(type) {
	case *lang.Attrs:
		s.set(x, path)
	case *lang.Apply:
		for _, a := range x.Args {
			s.inside(a, path)
		}
	case *lang.Binary:
		s.inside(x.X, path)
		s.inside(x.Y, path)
	case *lang.List:
		for _, e := range x.Elems {
			s.inside(e, path)
		}
	case *lang.Lambda:
		s.inside(x.Body, path)
	case *lang.Let:
		s.inside(x.Body, path)
	case *lang.With:
		s.inside(x.Body, path)
	case *lang.Assert:
		s.inside(x.Body, path)
	case *lang.If:
		s.inside(x.Then, path)
		s.inside(x.Else, path)
	}
}

// matches returns how well a place fits a path: how many of its names it has, all of the place's
// being among the first; 0 if it does not.
func (p *place) matches(path []string) int {
	if len(p.path) > len(path) {
		return 0
	}
	for i, name := range p.path {
		if name != path[i] && name != "" {
			return 0
		}
	}
	return len(p.path)
}

// Locate returns the line on which a file defines the attribute at a path, and the lines of the
// elements of a list with so many. If it is defined by a set around it, which is computed, that
// is the place. Of several that fit as well, one is preferred whose literal is value.
func (s *Source) Locate(path []string, value string, elems int) (line int, elemLines []int) {
	if s == nil {
		return 0, nil
	}
	found, best := s.find(path, value)
	if found == nil {
		return 0, nil
	}
	if list := listOf(found.value); list != nil && best == len(path) && len(list.Elems) == elems {
		for _, e := range list.Elems {
			elemLines = append(elemLines, s.line(e.Span().Start))
		}
	}
	return found.line, elemLines
}

// Digest returns what stands for the text of the attribute at a path; "" if it is not found.
func (s *Source) Digest(path []string) string {
	if s == nil {
		return ""
	}
	found, _ := s.find(path, "")
	if found == nil || found.value == nil {
		return ""
	}
	sum := sha256.Sum256([]byte(s.file.Text(found.value.Span())))
	return hex.EncodeToString(sum[:6])
}

// find returns the place that fits a path best, and how many of its names it has.
func (s *Source) find(path []string, value string) (found *place, best int) {
	exact := false
	for i := range s.places {
		p := &s.places[i]
		n := p.matches(path)
		if n == 0 || n < best {
			continue
		}
		same := n == len(path) && p.value != nil && s.literal(p.value) == value
		if n > best || same && !exact {
			best, exact, found = n, same, p
		}
	}
	return found, best
}

// literal returns the text of a value without what may be around it.
func (s *Source) literal(x lang.Expr) string {
	for {
		a, ok := x.(*lang.Apply)
		if !ok || len(a.Args) == 0 {
			break
		}
		x = a.Args[len(a.Args)-1]
	}
	return s.file.Text(x.Span())
}

// listOf returns the list that a value is, within what may be around it; nil if there is none.
func listOf(x lang.Expr) *lang.List {
	for {
		switch at := x.(type) {
		case *lang.List:
			return at
		case *lang.With:
			x = at.Body
		case *lang.Apply:
			if len(at.Args) == 0 {
				return nil
			}
			x = at.Args[len(at.Args)-1]
		default:
			return nil
		}
	}
}

// Reads returns the paths that the file reads from config: those of two names or more, since
// others say nothing.
func (s *Source) Reads() [][]string {
	if s == nil {
		return nil
	}
	return s.reads
}
