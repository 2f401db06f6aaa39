package lang

// This file defines how bindings become an attribute set: attribute paths are
// nested sets, and sets that are written in several places are merged.

import (
	"cmp"
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// parse reads a name, and interns it, which the reference does before it reads
// what follows.
func (x *attr) parse(p *parser) {
	var syntax attrSyntax
	syntax.parse(p)
	if !p.failed {
		x.set(p, &syntax)
	}
}

func (x *attr) set(p *parser, syntax *attrSyntax) {
	switch tok := &syntax.Name; {
	case tok.Type == tokString:
		x.name = AttrName{Pos: p.pos(tok), Name: p.symbols.Intern(unescape(tok.Value[1 : len(tok.Value)-1]))}
		x.end = p.end(tok)
	case tok.Type != 0:
		x.name = AttrName{Pos: p.pos(tok), Name: p.symbols.Intern(tok.Value)}
		x.end = p.end(tok)
	case syntax.Computed != nil:
		x.name = AttrName{Pos: p.file.Pos(syntax.Computed.Pos.Offset), Expr: p.tree(syntax.Computed.X)}
		x.end = p.end(&syntax.Computed.End)
		if s, ok := x.name.Expr.(*String); ok { // ${"a"} is a
			x.name.Name, x.name.Expr = p.symbols.Intern(s.Value), nil
		}
	default:
		at := p.file.Pos(syntax.Interp.Pos.Offset)
		x.end = p.end(&syntax.Interp.End)
		x.name = AttrName{Pos: at, Expr: p.interp(Span{at, x.end}, syntax.Interp.Parts)}
	}
}

func (p *parser) name(x *attr) AttrName {
	if reflective && x.end == 0 {
		x.set(p, x.By)
	}
	return x.name
}

func (p *parser) attrPath(path []attr) []AttrName {
	names := make([]AttrName, len(path))
	for i := range path {
		names[i] = p.name(&path[i])
	}
	return names
}

// attrEnd returns where the path ends.
func (p *parser) attrEnd(path []attr) Pos {
	last := &path[len(path)-1]
	p.name(last)
	return last.end
}

// An attrMerger finds attributes by name while one set is built. The set whose
// bindings are added is found in a table, others, which are small as a rule,
// by search.
type attrMerger struct {
	set     *Attrs
	list    []Attr            // of set, until it is complete
	index   []uint64          // by Symbol: epoch and place in list
	epoch   uint32            //
	touched []*Attrs          // other sets that were added to
	large   map[*Attrs]lookup // the large ones of them
}

type lookup map[Symbol]int32

const attrsSearched = 16 // up to so many, search

func (m *attrMerger) clear() {
	m.set, m.large = nil, nil
}

// begin prepares for the bindings of set.
func (m *attrMerger) begin(set *Attrs, symbols int) {
	m.set, m.list, m.touched = set, m.list[:0], m.touched[:0]
	clear(m.large)
	if m.epoch++; m.epoch == 0 {
		clear(m.index)
		m.epoch = 1
	}
	if symbols > len(m.index) {
		m.index = append(m.index, make([]uint64, symbols+symbols/2+256-len(m.index))...)
	}
}

// find returns the attribute name of set, or nil. It is valid until add.
func (m *attrMerger) find(set *Attrs, name Symbol) *Attr {
	if set == m.set {
		if entry := m.index[name]; uint32(entry>>32) == m.epoch {
			return &m.list[uint32(entry)]
		}
		return nil
	}
	if len(set.List) > attrsSearched {
		if i, ok := m.lookup(set)[name]; ok {
			return &set.List[i]
		}
		return nil
	}
	for i := range set.List {
		if set.List[i].Name == name {
			return &set.List[i]
		}
	}
	return nil
}

func (m *attrMerger) lookup(set *Attrs) lookup {
	l := m.large[set]
	if l == nil {
		l = lookup{}
		if m.large == nil {
			m.large = map[*Attrs]lookup{}
		}
		m.large[set] = l
	}
	for i := len(l); i < len(set.List); i++ {
		l[set.List[i].Name] = int32(i)
	}
	return l
}

// add appends an attribute that set does not have.
func (m *attrMerger) add(set *Attrs, a Attr) {
	if l, ok := a.Value.(*Lambda); ok && a.Kind == AttrPlain {
		l.SetName(a.Name)
	}
	if set == m.set {
		m.index[a.Name] = uint64(m.epoch)<<32 | uint64(len(m.list))
		m.list = append(m.list, a)
		return
	}
	m.touch(set)
	set.List = append(set.List, a)
}

func (m *attrMerger) touch(set *Attrs) {
	if !set.unsorted {
		set.unsorted = true
		m.touched = append(m.touched, set)
	}
}

// finish completes the set: attributes are kept by symbol.
func (m *attrMerger) finish(p *parser) {
	m.set.List = make([]Attr, len(m.list))
	copy(m.set.List, m.list)
	sortAttrs(m.set.List)
	for _, set := range m.touched {
		sortAttrs(set.List)
		set.unsorted = false
	}
}

func sortAttrs(list []Attr) {
	for i := 1; i < len(list); i++ {
		if list[i].Name < list[i-1].Name {
			slices.SortFunc(list, func(a, b Attr) int { return cmp.Compare(a.Name, b.Name) })
			return
		}
	}
}

// set makes the set of bindings.
func (p *parser) set(bindings []binding, at lexer.Position, end *lexer.Token) *Attrs {
	if reflective { // what is inside has to be made first; the merger serves one set at a time
		for i := range bindings {
			p.lowerBinding(&bindings[i])
		}
	}
	a := &Attrs{At: p.file.Pos(at.Offset), End: p.end(end)}
	p.attrs.begin(a, p.symbols.Len())
	for i := range bindings {
		if b := &bindings[i]; b.Inherit {
			p.inherit(a, b)
		} else {
			p.bind(a, b)
		}
	}
	p.attrs.finish(p)
	return a
}

// lowerBinding makes the nodes in b.
func (p *parser) lowerBinding(b *binding) {
	for _, names := range [][]attr{b.Names, b.Path} {
		for i := range names {
			p.name(&names[i])
		}
	}
	b.From, b.Value = p.tree(b.From), p.tree(b.Value)
}

func (p *parser) inherit(a *Attrs, b *binding) {
	kind, from := AttrInherit, int32(0)
	if b.From != nil {
		kind, from = AttrInheritFrom, int32(len(a.From))
		a.From = append(a.From, p.tree(b.From))
	}
	for i := range b.Names {
		name := p.name(&b.Names[i])
		span := Span{name.Pos, b.Names[i].end}
		if name.Expr != nil {
			p.errorf(span, "dynamic attributes not allowed in inherit")
			continue
		}
		if prev := p.attrs.find(a, name.Name); prev != nil {
			p.duplicate(span.End, []AttrName{name}, span, prev.Pos)
			continue
		}
		attr := Attr{Name: name.Name, Pos: name.Pos, Kind: kind, From: from}
		if kind == AttrInherit {
			v := &Var{At: span.Start, Len: uint32(span.End - span.Start), Name: name.Name}
			attr.Value = v
		}
		p.attrs.add(a, attr)
	}
}

// bind adds a binding of an attribute path.
func (p *parser) bind(a *Attrs, b *binding) {
	value := p.tree(b.Value)
	if p.depth+len(b.Path) > maxDepth {
		p.errorf(Span{p.name(&b.Path[0]).Pos, p.attrEnd(b.Path)}, tooDeep)
		return
	}
	at := p.name(&b.Path[0]).Pos
	span := Span{at, p.attrEnd(b.Path)}
	for i := range b.Path[:len(b.Path)-1] {
		name := p.name(&b.Path[i])
		var inner *Attrs
		if prev := p.find(a, name); prev != nil {
			var ok bool
			if inner, ok = prev.Value.(*Attrs); !ok || prev.Kind != AttrPlain {
				p.duplicate(value.Span().End, p.attrPath(b.Path[:i+1]), span, prev.Pos)
				return
			}
		} else {
			inner = &Attrs{At: at, End: value.Span().End}
			p.addNamed(a, name, at, inner)
		}
		a = inner
	}
	last := p.name(&b.Path[len(b.Path)-1])
	if last.Expr != nil {
		p.addNamed(a, last, at, value)
	} else {
		p.merge(a, Attr{Name: last.Name, Pos: at, Value: value}, &mergeSite{binding: b, span: span})
	}
	if doc, ok := p.file.docs[at]; ok {
		if l, ok := value.(*Lambda); ok {
			l.setDoc(doc)
		}
	}
}

// find returns the attribute name of a, nil if there is none or it is computed.
func (p *parser) find(a *Attrs, name AttrName) *Attr {
	if name.Expr != nil {
		return nil
	}
	return p.attrs.find(a, name.Name)
}

func (p *parser) addNamed(a *Attrs, name AttrName, at Pos, value Expr) {
	if name.Expr != nil {
		a.Dynamic = append(a.Dynamic, DynAttr{Pos: at, Name: name.Expr, Value: value})
		return
	}
	p.attrs.add(a, Attr{Name: name.Name, Pos: at, Value: value})
}

// A mergeSite says where an attribute to be merged is written, for errors.
type mergeSite struct {
	binding *binding
	span    Span // of the attribute path; of an attribute in its value, nothing yet
	// In the value: the set around the attribute, and its name.
	outer *mergeSite
	name  Symbol
}

// path returns the attribute path, which ends in the names inside the value.
func (s *mergeSite) path(p *parser) []AttrName {
	var inner []AttrName
	for ; s.outer != nil; s = s.outer {
		inner = append(inner, AttrName{Name: s.name})
	}
	slices.Reverse(inner)
	return append(p.attrPath(s.binding.Path), inner...)
}

// merge adds an attribute, or its attributes if both it and what is there are
// sets.
//
// Quirk: of the two sets, the first one says whether the result is recursive.
func (p *parser) merge(a *Attrs, def Attr, site *mergeSite) {
	prev := p.attrs.find(a, def.Name)
	if prev == nil {
		p.attrs.add(a, def)
		return
	}
	into, ok1 := prev.Value.(*Attrs)
	from, ok2 := def.Value.(*Attrs)
	if !ok1 || !ok2 || prev.Kind != AttrPlain || def.Kind != AttrPlain {
		if len(p.errs) < maxErrors {
			if site.outer != nil {
				site.span = p.tokenAt(def.Pos)
			}
			p.duplicate(p.tree(site.binding.Value).Span().End, site.path(p), site.span, prev.Pos)
		}
		return
	}
	shift := int32(len(into.From))
	into.From = append(into.From, from.From...)
	for _, attr := range from.List {
		if attr.Kind == AttrInheritFrom {
			attr.From += shift
		}
		p.merge(into, attr, &mergeSite{binding: site.binding, outer: site, name: attr.Name})
	}
	into.Dynamic = append(into.Dynamic, from.Dynamic...)
}

// duplicate reports that an attribute is there already; see errorAfter.
func (p *parser) duplicate(met Pos, path []AttrName, span Span, prev Pos) {
	if len(p.errs) >= maxErrors {
		return
	}
	var names []string
	for _, n := range path { // none is computed: those never meet anything
		names = append(names, QuoteName(p.symbols.Name(n.Name)))
	}
	p.errorAfter(met, span, "attribute '%s' already defined at %s", strings.Join(names, "."), p.file.Position(prev)).Code = CodeDuplicateAttribute
}
