package tomltext

// This file defines the tree of a TOML text and the rules by which tables are
// defined and reopened.

type kind uint8

const (
	kindTable kind = iota
	kindArray
	kindBool
	kindInt
	kindFloat
	kindString
	kindTime
)

// A form says how a table or array came to be, which decides what may still be
// added to it.
type form uint8

const (
	formHeader   form = iota // [t], the root, or an element of [[t]]
	formImplicit             // t in [t.u] or [[t.u]]: may become a header once
	formDotted               // t in t.u = 1
	formInline               // { } or [ ]: closed
	formTables               // array made by [[t]]
)

// A node is a value, or an element of a table with its key. The elements of a
// table or array are a list, in the order of the text.
type node struct {
	kind  kind
	form  form
	key   string           // in a table
	bits  uint64           // of kindBool, kindInt, kindFloat
	text  string           // of kindString; of kindTime, as fromTOML has it
	first *node            // of the elements of kindTable and kindArray; or nil
	last  *node            // of them
	next  *node            // element of the same table or array
	up    *node            // what it is an element of; set by emitter
	n     int              // how many elements there are
	index map[string]*node // of kindTable, by key, if there are many
}

func newTable(f form) *node { return &node{kind: kindTable, form: f} }

// append appends an element.
func (t *node) append(n *node) {
	if t.last == nil {
		t.first = n
	} else {
		t.last.next = n
	}
	t.last = n
	t.n++
}

// find returns the element of a table that has the key; or nil.
func (t *node) find(key string) *node {
	if t.index != nil {
		return t.index[key]
	}
	for n := t.first; n != nil; n = n.next {
		if n.key == key {
			return n
		}
	}
	return nil
}

// manyKeys is from how many elements on a table has an index.
const manyKeys = 8

// add adds an element to a table.
func (t *node) add(p *parser, key string, n *node) *node {
	n.key = key
	t.append(n)
	const entrySize = 64
	switch {
	case t.index != nil:
		t.index[key] = n
		p.take(entrySize)
	case t.n > manyKeys:
		t.index = make(map[string]*node, 2*manyKeys)
		for n := t.first; n != nil; n = n.next {
			t.index[n.key] = n
		}
		p.take(2 * manyKeys * entrySize)
	}
	return n
}

// isTables says whether n is a non-empty array of tables, however it was
// written.
func (n *node) isTables(p *parser) bool {
	if n.kind != kindArray || n.first == nil {
		return false
	}
	k := 0
	for e := n.first; e != nil; e = e.next {
		if e.kind != kindTable {
			return false
		}
		if k++; k%window == 0 && !p.tick(p.end) {
			return false
		}
	}
	return true
}

// An insertError has the words of the reference for keys that conflict.
type insertError string

const (
	errExists      insertError = "toml::insert_value: failed to insert a value, value already exists"
	errInline      insertError = "toml::insert_value: failed to insert a value: inline table is immutable"
	errReopen      insertError = "toml::insert_value: reopening a table using dotted keys"
	errInlineArray insertError = "toml::insert_value:inline array of tables are immutable"
	errReopenArray insertError = "toml::insert_value:dotted key cannot reopen an array-of-tables"
	errTableTwice  insertError = "toml::insert_value: failed to insert a table, table already defined"
	errArrayExists insertError = "toml::insert_value: failed to insert an array of tables, value already exists"
	errArrayInline insertError = "toml::insert_value: failed to insert a table, inline array of tables is immutable"
)

// parent goes from t down the path, which is all but the last part of a key,
// and makes tables where there are none. The form is that of new tables:
// formDotted or formImplicit.
func (t *node) parent(p *parser, path []string, f form) (*node, insertError) {
	for i, key := range path {
		if i&0xfff == 0xfff && !p.tick(p.end) {
			return t, ""
		}
		n := t.find(key)
		switch {
		case n == nil:
			p.take(nodeSize)
			t = t.add(p, key, newTable(f))
		case n.kind == kindTable && n.form == formInline:
			return nil, errInline
		case n.kind == kindTable:
			if f == formDotted && n.form != formDotted {
				return nil, errReopen
			}
			t = n
		case n.kind == kindArray && n.form == formTables:
			if f == formDotted {
				return nil, errReopenArray
			}
			t = n.last
		case n.isTables(p):
			return nil, errInlineArray
		default:
			return nil, errExists
		}
	}
	return t, ""
}

// insertValue does what path = v says inside t.
func (t *node) insertValue(p *parser, path []string, v *node) insertError {
	path, key := path[:len(path)-1], path[len(path)-1]
	t, err := t.parent(p, path, formDotted)
	if err != "" {
		return err
	}
	if t.find(key) != nil {
		return errExists
	}
	t.add(p, key, v)
	return ""
}

// insertTable returns the table of the header [path] in the root t.
func (t *node) insertTable(p *parser, path []string) (*node, insertError) {
	path, key := path[:len(path)-1], path[len(path)-1]
	t, err := t.parent(p, path, formImplicit)
	if err != "" {
		return nil, err
	}
	n := t.find(key)
	if n == nil {
		p.take(nodeSize)
		return t.add(p, key, newTable(formHeader)), ""
	}
	if n.kind != kindTable || n.form != formImplicit {
		return nil, errTableTwice
	}
	n.form = formHeader
	return n, ""
}

// appendTable returns the table of the header [[path]] in the root t.
func (t *node) appendTable(p *parser, path []string) (*node, insertError) {
	path, key := path[:len(path)-1], path[len(path)-1]
	t, err := t.parent(p, path, formImplicit)
	if err != "" {
		return nil, err
	}
	n := t.find(key)
	switch {
	case n == nil:
		p.take(nodeSize)
		n = t.add(p, key, &node{kind: kindArray, form: formTables})
	case n.kind == kindArray && n.form == formTables:
	case n.isTables(p):
		return nil, errArrayInline
	default:
		return nil, errArrayExists
	}
	p.take(nodeSize)
	n.append(newTable(formHeader))
	return n.last, ""
}
