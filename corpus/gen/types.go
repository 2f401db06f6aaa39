package gen

// This file defines the types of the programs of ValueProgram.

import (
	"slices"
	"strings"
)

// A kind is the outermost part of a type.
type kind int

const (
	kindInt kind = iota
	kindFloat
	kindBool
	kindString
	kindPath
	kindNull
	kindList  // of elem
	kindAttrs // set of elem under unknown names
	kindSet   // set with known names
	kindFunc  // from arg to elem
	kindAny   // whatever is chosen when it is written
	kindVar   // in the signature of a builtin
	kindText  // a string of a special form, written by text
)

// A typ is a type. Types are shared and not changed.
type typ struct {
	kind   kind
	elem   *typ
	arg    *typ
	names  []string
	fields []*typ
	number int                          // of a variable
	only   []*typ                       // what a variable may stand for; nil is anything
	text   func(*valueGenerator) string // of kindText
}

var (
	typeInt    = &typ{kind: kindInt}
	typeFloat  = &typ{kind: kindFloat}
	typeBool   = &typ{kind: kindBool}
	typeString = &typ{kind: kindString}
	typePath   = &typ{kind: kindPath}
	typeNull   = &typ{kind: kindNull}
	typeAny    = &typ{kind: kindAny}
)

func listType(elem *typ) *typ        { return &typ{kind: kindList, elem: elem} }
func attrsType(elem *typ) *typ       { return &typ{kind: kindAttrs, elem: elem} }
func funcType(arg, result *typ) *typ { return &typ{kind: kindFunc, arg: arg, elem: result} }
func setType(names []string, fields []*typ) *typ {
	return &typ{kind: kindSet, names: names, fields: fields}
}

func textType(write func(*valueGenerator) string) *typ { return &typ{kind: kindText, text: write} }

// equal reports that two types are the same. One that is any equals nothing:
// it stands for types that are not known yet.
func (t *typ) equal(u *typ) bool {
	switch {
	case t == u:
		return t.kind != kindAny
	case t.kind != u.kind:
		return false
	}
	switch t.kind {
	case kindAny, kindVar, kindText:
		return false
	case kindList, kindAttrs:
		return t.elem.equal(u.elem)
	case kindFunc:
		return t.arg.equal(u.arg) && t.elem.equal(u.elem)
	case kindSet:
		return slices.Equal(t.names, u.names) && slices.EqualFunc(t.fields, u.fields, (*typ).equal)
	}
	return true
}

// plain reports that values of the type survive being written as JSON.
func (t *typ) plain() bool {
	switch t.kind {
	case kindInt, kindBool, kindString, kindNull:
		return true
	case kindList, kindAttrs:
		return t.elem.plain()
	case kindSet:
		return !slices.ContainsFunc(t.fields, func(f *typ) bool { return !f.plain() })
	}
	return false
}

// bindings are the types that the variables of a signature stand for.
type bindings map[int]*typ

// match makes a signature's type equal to t, which has no variables.
func (b bindings) match(pattern, t *typ) bool {
	switch {
	case pattern.kind == kindVar:
		if bound := b[pattern.number]; bound != nil {
			return bound.equal(t)
		}
		if pattern.only != nil && !slices.ContainsFunc(pattern.only, t.equal) {
			return false
		}
		b[pattern.number] = t
		return true
	case pattern.kind == kindAny:
		return true
	case pattern.kind != t.kind:
		return false
	}
	switch pattern.kind {
	case kindList, kindAttrs:
		return b.match(pattern.elem, t.elem)
	case kindFunc:
		return b.match(pattern.arg, t.arg) && b.match(pattern.elem, t.elem)
	case kindSet:
		if !slices.Equal(pattern.names, t.names) {
			return false
		}
		for i := range pattern.fields {
			if !b.match(pattern.fields[i], t.fields[i]) {
				return false
			}
		}
	case kindText:
		return false
	}
	return true
}

// put replaces the variables of a signature's type. Those that are not bound
// yet get a random type.
func (g *valueGenerator) put(pattern *typ, b bindings) *typ {
	switch pattern.kind {
	case kindVar:
		if b[pattern.number] == nil {
			b[pattern.number] = g.anyType(1)
			if pattern.only != nil {
				b[pattern.number] = pick(g.Rand, pattern.only...)
			}
		}
		return b[pattern.number]
	case kindList, kindAttrs:
		return &typ{kind: pattern.kind, elem: g.put(pattern.elem, b)}
	case kindFunc:
		return funcType(g.put(pattern.arg, b), g.put(pattern.elem, b))
	case kindSet:
		fields := make([]*typ, len(pattern.fields))
		for i, f := range pattern.fields {
			fields[i] = g.put(f, b)
		}
		return setType(pattern.names, fields)
	}
	return pattern
}

// known replaces any by a type.
func (g *valueGenerator) known(t *typ) *typ {
	if t.kind == kindAny {
		return g.anyType(1)
	}
	return t
}

// anyType returns a random type that nests at most depth others.
func (g *valueGenerator) anyType(depth int) *typ {
	if depth == 0 || g.chance(0.6) {
		return pick(g.Rand, typeInt, typeInt, typeInt, typeString, typeString, typeString, typeBool, typeBool, typeFloat, typeNull, typePath)
	}
	switch n := g.IntN(12); {
	case n < 5:
		return listType(g.anyType(depth - 1))
	case n < 7:
		return attrsType(g.anyType(depth - 1))
	case n < 10:
		return g.fieldsType(1 + g.IntN(3))
	}
	return funcType(g.anyType(depth-1), g.anyType(depth-1))
}

// fieldsType returns a type of sets with n names.
func (g *valueGenerator) fieldsType(n int) *typ {
	names := make([]string, 0, n)
	fields := make([]*typ, 0, n)
	for _, i := range g.Perm(len(attrNames))[:n] {
		names = append(names, attrNames[i])
		fields = append(fields, g.anyType(1))
	}
	return setType(names, fields)
}

// attrNames are those of attributes: many are variable names too, some have
// to be quoted, and some mean something to a few builtins only.
var attrNames = []string{
	"a", "b", "c", "d", "x", "y", "z", "foo", "bar", "name", "value", "a", "b", "c", "key", "v1.0", "a b", "1", "", "if", "é", "$", "${x", "or",
	"z-1", "version", "_", "path", "right", "B", "A",
}

func init() {
	// A set has each name once.
	slices.Sort(attrNames)
	attrNames = slices.Compact(attrNames)
}

// isName reports that an attribute can be a variable.
func isName(name string) bool { return slices.Contains(variableNames, name) }

// attrText spells an attribute name, in quotes if it needs them.
func attrText(name string) string {
	plain := name != "" && name != "if" && !strings.ContainsFunc(name, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '_' && c != '-' && c != '\'' && (c < '0' || c > '9')
	})
	if plain && (name[0] >= 'a' || name[0] >= 'A' && name[0] <= 'Z' || name[0] == '_') {
		return name
	}
	return stringText(name)
}

var escapeString = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "${", `\${`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// stringText spells a string.
func stringText(s string) string { return `"` + escapeString.Replace(s) + `"` }
