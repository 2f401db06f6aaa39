package lock

// This file defines how the text of a lock file becomes a Graph.

import (
	"fmt"
	"math"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/text/jsontext"
	"github.com/firn-lang/firn/eval/budget"
)

// An Error says what is wrong with a lock file, in which file and, unless the file is not even
// JSON, in which part of it.
type Error struct {
	File string
	Msg  string // all of the message
	Err  error  // the cause; nil if there is none
}

func (e *Error) Error() string { return e.Msg }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ErrorCode returns the code that evaluators give the error.
func (e *Error) ErrorCode() string { return "invalid-lock-file" }

// A Reader reads lock files.
type Reader struct {
	Parser *flakeref.Parser // of references
	Budget budget.Budget    // of the bytes that are read
	// Warn prints a warning, and AllowDirty is the setting allow-dirty-locks; both as for
	// commands.
	Warn       func(format string, args ...any)
	AllowDirty bool
}

// maxNodes is how many nodes a lock file may have, and a computed one. The largest real ones
// have a thousand.
const maxNodes = 100_000

// Parse reads the text of a lock file, which messages call file. Only what the flake leads to
// is looked at, as in the reference.
func (r *Reader) Parse(file, text string) (*Graph, error) {
	doc, err := jsontext.Parse(text, r.Budget)
	if err != nil {
		return nil, &Error{file, fmt.Sprintf("Could not parse '%s': %s", file, err), err}
	}
	f := &fileReader{Reader: r, file: file, done: map[string]*Node{}}
	top, ok := doc.(map[string]any)
	if !ok {
		return nil, f.errorf("it is no object")
	}
	version := int64(0)
	if v, ok := top["version"]; ok {
		if version, ok = v.(int64); !ok {
			return nil, f.errorf("'version' is no integer")
		}
	}
	if version < 5 || version > 7 {
		return nil, &Error{file, fmt.Sprintf("lock file '%s' has unsupported version %d", file, version), nil}
	}
	if f.nodes, ok = top["nodes"].(map[string]any); !ok {
		return nil, f.errorf("'nodes' is no object")
	}
	if f.root, ok = top["root"].(string); !ok {
		return nil, f.errorf("'root' is no string")
	}
	g := New()
	f.done[f.root] = g.Root
	f.open = map[string]bool{f.root: true}
	return g, f.inputs(f.root, g.Root, 0)
}

// A fileReader is a Reader on its way through one file.
type fileReader struct {
	*Reader
	file  string
	nodes map[string]any
	root  string
	done  map[string]*Node // those that were met
	open  map[string]bool  // those whose inputs are being read
}

// errorf returns an error that says where in the file something is wrong.
func (f *fileReader) errorf(format string, args ...any) error {
	err := fmt.Errorf("lock file '%s': "+format, append([]any{f.file}, args...)...)
	return &Error{f.file, err.Error(), err}
}

// maxDepth is how many nodes may lie behind each other.
const maxDepth = 1000

// inputs reads the inputs of the node n called key, and those of their nodes.
func (f *fileReader) inputs(key string, n *Node, depth int) error {
	obj, ok := f.nodes[key].(map[string]any)
	if !ok && f.nodes[key] == nil {
		return f.errorf("node '%s' is missing", key)
	}
	if !ok {
		return f.errorf("node '%s' is no object", key)
	}
	all, ok := obj["inputs"]
	if !ok {
		return nil
	}
	inputs, ok := all.(map[string]any)
	if !ok {
		return f.errorf("'inputs' of node '%s' is no object", key)
	}
	if depth > maxDepth {
		return f.errorf("node '%s' lies behind more than %d others", key, maxDepth)
	}
	for _, name := range sortedKeys(inputs) {
		switch x := inputs[name].(type) {
		case []any:
			path, ok := asPath(x)
			if !ok {
				return f.errorf("input '%s' of node '%s' follows what is no list of strings", name, key)
			}
			n.set(name, Edge{Follows: path})
		case string:
			child, err := f.node(x, depth)
			if err != nil {
				return err
			}
			n.set(name, Edge{Node: child})
		default:
			return f.errorf("input '%s' of node '%s' is neither a string nor a list", name, key)
		}
	}
	return nil
}

// node returns the node called key, and reads it if that was not done before.
func (f *fileReader) node(key string, depth int) (*Node, error) {
	if key == f.root {
		return nil, &Error{f.file, "lock file contains cycle to root node", nil}
	}
	if f.open[key] {
		return nil, f.errorf("node '%s' leads to itself", key)
	}
	if n := f.done[key]; n != nil {
		return n, nil
	}
	x, ok := f.nodes[key]
	if !ok {
		return nil, &Error{f.file, fmt.Sprintf("lock file references missing node '%s'", key), nil}
	}
	obj, ok := x.(map[string]any)
	if !ok {
		return nil, f.errorf("node '%s' is no object", key)
	}
	if len(f.done) > maxNodes {
		return nil, f.errorf("there are more than %d nodes", maxNodes)
	}
	n := &Node{}
	var err error
	if n.Locked, err = f.ref(key, obj, "locked", "info"); err != nil {
		return nil, err
	}
	if n.Original, err = f.ref(key, obj, "original", ""); err != nil {
		return nil, err
	}
	if x, ok := obj["flake"]; ok {
		isFlake, ok := x.(bool)
		if !ok {
			return nil, f.errorf("'flake' of node '%s' is no Boolean", key)
		}
		n.IsTree = !isFlake
	}
	if x, ok := obj["parent"]; ok {
		list, _ := x.([]any)
		path, ok := asPath(list)
		if !ok || list == nil {
			return nil, f.errorf("'parent' of node '%s' is no list of strings", key)
		}
		n.Parent = path
	}
	if err := f.checkLocked(n); err != nil {
		return nil, err
	}
	f.done[key], f.open[key] = n, true
	defer delete(f.open, key)
	return n, f.inputs(key, n, depth+1)
}

// checkLocked warns of an entry that only a hash of the tree pins, and returns an error for
// one that nothing pins.
func (f *fileReader) checkLocked(n *Node) error {
	r := n.Locked
	switch {
	case r.IsLocked() || r.IsRelative():
	case r.Attrs["narHash"] != nil:
		if f.Warn != nil {
			f.Warn("Lock file entry '%s' is unlocked (e.g. lacks a Git revision) but is checked by NAR hash. "+
				"This is not reproducible and will break after garbage collection or when shared.", URL(f.Parser, r))
		}
	default:
		return &Error{f.file, fmt.Sprintf("Lock file contains unlocked input '%s'. Use '--allow-dirty-locks' to accept this lock file.", r.Attrs), nil}
	}
	return nil
}

// ref returns the attribute attr of a node as a reference. In version 5, another attribute,
// info, had a part of its attributes; "" for none.
func (f *fileReader) ref(key string, obj map[string]any, attr, info string) (*flakeref.Ref, error) {
	x, ok := obj[attr]
	if !ok {
		return nil, &Error{f.file, fmt.Sprintf("attribute '%s' missing in lock file", attr), nil}
	}
	attrs := flakeref.Attrs{}
	if err := f.attrs(attrs, key, attr, x); err != nil {
		return nil, err
	}
	if x, ok := obj[info]; ok && info != "" {
		if err := f.attrs(attrs, key, info, x); err != nil {
			return nil, err
		}
	}
	r, err := f.Parser.FromAttrs(attrs, true)
	if err != nil {
		return nil, f.errorf("'%s' of node '%s': %w", attr, key, err)
	}
	return r, nil
}

// attrs adds the attributes in x to dst.
func (f *fileReader) attrs(dst flakeref.Attrs, key, attr string, x any) error {
	obj, ok := x.(map[string]any)
	if !ok {
		return f.errorf("'%s' of node '%s' is no object", attr, key)
	}
	for name, x := range obj {
		switch x := x.(type) {
		case string, bool:
			dst[name] = x
		case int64:
			// Quirk: negative numbers wrap, and fractions are dropped, as in the reference.
			dst[name] = uint64(x)
		case float64:
			if !(math.Abs(x) < math.MaxInt64) {
				return f.errorf("'%s' in '%s' of node '%s' is too large", name, attr, key)
			}
			dst[name] = uint64(int64(x))
		default:
			return f.errorf("'%s' in '%s' of node '%s' is no string, integer or Boolean", name, attr, key)
		}
	}
	return nil
}

// asPath returns a list of names as a path, which is not nil.
func asPath(list []any) (Path, bool) {
	p := make(Path, 0, len(list))
	for _, x := range list {
		name, ok := x.(string)
		if !ok {
			return nil, false
		}
		p = append(p, name)
	}
	return p, true
}
