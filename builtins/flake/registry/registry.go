package registry

// This file defines Registry, and the text of one.

import (
	"fmt"
	"slices"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/text/jsontext"
	"github.com/firn-lang/firn/eval/datatext"
)

// An Entry says what a reference stands for.
type Entry struct {
	From *flakeref.Ref
	To   *flakeref.Ref
	// Exact entries are for From alone; others also for From with a branch or a revision, which
	// To then gets.
	Exact bool
}

// A Registry is a list of entries, of which the first one that fits counts.
type Registry struct{ Entries []Entry }

// Parse reads the text of a registry, which messages call file.
func Parse(file, text string, p *flakeref.Parser) (*Registry, error) {
	doc, err := jsontext.Parse(text, nil)
	if err != nil {
		return nil, fmt.Errorf("cannot parse flake registry '%s': %w", file, err)
	}
	fail := func(format string, args ...any) (*Registry, error) {
		return nil, fmt.Errorf("cannot read flake registry '%s': %w", file, fmt.Errorf(format, args...))
	}
	top, ok := doc.(map[string]any)
	if !ok {
		return fail("it is no object")
	}
	if version, _ := top["version"].(int64); version != 2 {
		return fail("flake registry '%s' has unsupported version %d", file, version)
	}
	list, ok := top["flakes"].([]any)
	if !ok && top["flakes"] != nil {
		return fail("'flakes' is no list")
	}
	r := &Registry{}
	for i, x := range list {
		obj, ok := x.(map[string]any)
		if !ok {
			return fail("entry %d is no object", i+1)
		}
		var e Entry
		if e.From, err = ref(obj["from"], p); err != nil {
			return fail("'from' of entry %d: %w", i+1, err)
		}
		if e.To, err = ref(obj["to"], p); err != nil {
			return fail("'to' of entry %d: %w", i+1, err)
		}
		e.Exact, _ = obj["exact"].(bool)
		r.Entries = append(r.Entries, e)
	}
	return r, nil
}

// ref returns the reference that an object of a registry is.
func ref(x any, p *flakeref.Parser) (*flakeref.Ref, error) {
	obj, ok := x.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("it is no object")
	}
	attrs := flakeref.Attrs{}
	for name, v := range obj {
		switch v := v.(type) {
		case string, bool:
			attrs[name] = v
		case int64:
			attrs[name] = uint64(v)
		default:
			return nil, fmt.Errorf("'%s' is no string, integer or Boolean", name)
		}
	}
	return p.FromAttrs(attrs, true)
}

// Text returns the registry as the reference writes it, without a final newline.
func (r *Registry) Text() (string, error) {
	var list any // null if there are no entries
	if len(r.Entries) > 0 {
		entries := make([]any, len(r.Entries))
		for i, e := range r.Entries {
			obj := map[string]any{"from": map[string]any(e.From.All()), "to": map[string]any(e.To.All())}
			if e.Exact {
				obj["exact"] = true
			}
			entries[i] = obj
		}
		list = entries
	}
	text, err := datatext.AppendJSONValue(nil, map[string]any{"flakes": list, "version": uint64(2)}, true)
	return string(text), err
}

// Add appends an entry, after it removed what there is for the same reference.
func (r *Registry) Add(from, to *flakeref.Ref) {
	r.Remove(from)
	r.Entries = append(r.Entries, Entry{From: from, To: to})
}

// Remove removes the entries for a reference.
func (r *Registry) Remove(from *flakeref.Ref) {
	r.Entries = slices.DeleteFunc(r.Entries, func(e Entry) bool { return e.From.Equal(from) })
}
