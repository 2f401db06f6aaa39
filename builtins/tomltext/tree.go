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

// A node is a value, or an element of a table with its key.
type node struct {
	kind  kind
	form  form
	key   string           // in a table
	bits  uint64           // of kindBool, kindInt, kindFloat
	text  string           // of kindString; of kindTime, as fromTOML has it
	elems []*node          // of kindTable and kindArray, in the order of the text
	index map[string]*node // of kindTable, by key; nil while empty
}

func newTable(f form) *node { return &node{kind: kindTable, form: f} }

func (t *node) add(key string, n *node) *node {
	n.key = key
	if t.index == nil {
		t.index = make(map[string]*node)
	}
	t.index[key] = n
	t.elems = append(t.elems, n)
	return n
}

func (a *node) last() *node { return a.elems[len(a.elems)-1] }

// isTables says whether n is a non-empty array of tables, however it was
// written.
func (n *node) isTables() bool {
	if n.kind != kindArray || len(n.elems) == 0 {
		return false
	}
	for _, e := range n.elems {
		if e.kind != kindTable {
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
func (t *node) parent(path []string, f form) (*node, insertError) {
	for _, key := range path {
		n := t.index[key]
		switch {
		case n == nil:
			t = t.add(key, newTable(f))
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
			t = n.last()
		case n.isTables():
			return nil, errInlineArray
		default:
			return nil, errExists
		}
	}
	return t, ""
}

// insertValue does what path = v says inside t.
func (t *node) insertValue(path []string, v *node) insertError {
	path, key := path[:len(path)-1], path[len(path)-1]
	t, err := t.parent(path, formDotted)
	if err != "" {
		return err
	}
	if t.index[key] != nil {
		return errExists
	}
	t.add(key, v)
	return ""
}

// insertTable returns the table of the header [path] in the root t.
func (t *node) insertTable(path []string) (*node, insertError) {
	path, key := path[:len(path)-1], path[len(path)-1]
	t, err := t.parent(path, formImplicit)
	if err != "" {
		return nil, err
	}
	n := t.index[key]
	if n == nil {
		return t.add(key, newTable(formHeader)), ""
	}
	if n.kind != kindTable || n.form != formImplicit {
		return nil, errTableTwice
	}
	n.form = formHeader
	return n, ""
}

// appendTable returns the table of the header [[path]] in the root t.
func (t *node) appendTable(path []string) (*node, insertError) {
	path, key := path[:len(path)-1], path[len(path)-1]
	t, err := t.parent(path, formImplicit)
	if err != "" {
		return nil, err
	}
	n := t.index[key]
	switch {
	case n == nil:
		n = t.add(key, &node{kind: kindArray, form: formTables})
	case n.kind == kindArray && n.form == formTables:
	case n.isTables():
		return nil, errArrayInline
	default:
		return nil, errArrayExists
	}
	n.elems = append(n.elems, newTable(formHeader))
	return n.last(), ""
}
