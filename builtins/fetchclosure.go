package builtins

// This file defines builtins.fetchClosure.

import (
	"strings"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/rewrite"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// closure is builtins.fetchClosure: arguments are checked, in the order of their symbols and
// then as a whole, and then the closure is copied from a binary cache, unless the store has it.
//
// An empty toPath is given and still says nothing: the path that it should be is in an error.
// So it excludes inputAddressed as any other does
// (eval-fail-fetchClosure-inputAddressed in corpus/builtins). Stores that are not reached by
// HTTP, files of this machine too, are refused as in the reference.
func (f fetchers) closure(c *core.Call) (heap.Value, error) {
	h := c.Heap()
	v, err := c.Arg(0).Attrs()
	if err != nil {
		return 0, err
	}
	var from, to, url string
	hasFrom, hasURL, hasTo, inputAddressed := false, false, false, false
	for _, e := range h.All(v) {
		name, pos := c.Name(e.Name), c.AttrPos(v, e.Name)
		words := "while evaluating the attribute '" + name + "' passed to builtins.fetchClosure"
		var err error
		switch name {
		case "fromPath":
			from, err = f.storePath(c, e.Value, words)
			hasFrom = true
		case "toPath":
			// Only a string can be empty; a path never is.
			var x heap.Value
			if x, err = c.Force(e.Value); err == nil && !(h.KindOf(x) == heap.String && h.Len(x) == 0) {
				to, err = f.storePath(c, heap.Lazy(x), words)
			}
			hasTo = true
		case "fromStore":
			url, err = c.Need(e.Value, words).At(pos).PlainString()
			hasURL = true
		case "inputAddressed":
			inputAddressed, err = c.Need(e.Value, words).At(pos).Bool()
		default:
			err = c.Errorf(core.CodeInvalidArgument, "attribute '%s' isn't supported in call to 'fetchClosure'", name)
		}
		if err != nil {
			return 0, err
		}
	}
	if err := checkURL(c, url); err != nil {
		return 0, err
	}
	switch {
	case !hasFrom:
		return 0, c.Errorf(core.CodeInvalidArgument, "attribute '%s' is missing in call to 'fetchClosure'", "fromPath")
	case inputAddressed && hasTo:
		return 0, c.Errorf(core.CodeInvalidArgument, "attribute '%s' is set to true, but '%s' is also set. Please remove one of them", "inputAddressed", "toPath")
	case !hasURL:
		return 0, c.Errorf(core.CodeInvalidArgument, "attribute '%s' is missing in call to 'fetchClosure'", "fromStore")
	case !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") &&
		(!strings.HasPrefix(url, "file://") || f.st.Host().Getenv(c.Ctx(), "_NIX_IN_TEST") == ""):
		return 0, c.Errorf(core.CodeInvalidArgument, "'fetchClosure' only supports http:// and https:// stores")
	case strings.ContainsRune(url, '?'):
		return 0, c.Errorf(core.CodeInvalidArgument, "'fetchClosure' does not support URL query parameters (in '%s')", strings.Clone(url))
	}
	url = strings.Clone(url)
	out := from
	switch {
	case hasTo:
		out, err = f.renamedClosure(c, url, from, to)
	default:
		err = f.sameClosure(c, url, from, inputAddressed)
	}
	if err != nil {
		return 0, err
	}
	return c.NewString(out, c.Context(core.ContextElem{Kind: core.ContextPath, Path: out}))
}

// openCache opens the binary cache at a URL. The keys are those that sign what the store takes; nil if
// it takes all.
func (f fetchers) openCache(c *core.Call, url string) (store.Store, signature.Keys, error) {
	if f.caches == nil {
		return nil, nil, notHere(c, "'%s'", url)
	}
	return f.caches(c.Ctx(), url)
}

// target returns the store that closures are copied into: that of the evaluation or, if that keeps
// nothing, one in memory in front of it, and then done shows a path, and what it refers to, to the
// evaluation.
func (f fetchers) target(c *core.Call) (to store.Store, done func(path string) error) {
	to = f.st.Store()
	if !to.ReadOnly() {
		return to, func(string) error { return nil }
	}
	to = memory.New(to)
	return to, func(path string) error {
		all, err := store.Closure(c.Ctx(), c, to, path)
		if err != nil {
			return err
		}
		for _, p := range all {
			if !f.st.Valid(c.Ctx(), p) {
				f.st.Show(p, fetch.Sub(to.Files(), p))
			}
		}
		return nil
	}
}

// sameClosure makes a path of the cache at url valid, with all that it refers to. inputAddressed says
// that its name does not follow from its contents: then one of the keys must have signed it.
func (f fetchers) sameClosure(c *core.Call, url, path string, inputAddressed bool) error {
	from, keys, err := f.openCache(c, url)
	if err != nil {
		return err
	}
	to, done := f.target(c)
	if _, err := store.Copy(c.Ctx(), to, from, []string{path}, store.Copying{Keys: keys}); err != nil {
		return err
	}
	info, err := to.Info(c.Ctx(), path)
	if err != nil {
		return err
	}
	switch follows := info.IsContentAddressed(to.Dir()); {
	case follows && inputAddressed:
		return c.Errorf(core.CodeStorePath, "The store object referred to by 'fromPath' at '%s' is not input-addressed, but 'inputAddressed' is set to 'true'.\n\n"+
			"Remove the 'inputAddressed' attribute (it defaults to 'false') to expect 'fromPath' to be content-addressed", path)
	case !follows && !inputAddressed:
		return c.Errorf(core.CodeStorePath, "The 'fromPath' value '%s' is input-addressed, but 'inputAddressed' is set to 'false' (default).\n\n"+
			"If you do intend to fetch an input-addressed store path, add\n\n    inputAddressed = true;\n\nto the 'fetchClosure' arguments.\n\n"+
			"Note that to ensure authenticity input-addressed store paths, users must configure a trusted binary cache public key on their systems. "+
			"This is not needed for content-addressed paths.", path)
	}
	return done(path)
}

// renamedClosure makes a path of the cache at url valid under a name that follows from its contents, with
// all that it refers to, and returns that name, which want must be. What is there under that name is not
// fetched.
func (f fetchers) renamedClosure(c *core.Call, url, path, want string) (string, error) {
	to, done := f.target(c)
	valid := false
	if want != "" {
		var err error
		if valid, err = to.IsValid(c.Ctx(), want); err != nil {
			return "", err
		}
	}
	if !valid {
		from, _, err := f.openCache(c, url)
		if err != nil {
			return "", err
		}
		closure, err := store.Closure(c.Ctx(), c, from, path)
		if err != nil {
			return "", err
		}
		all := map[string]bool{}
		for _, p := range closure {
			all[p] = true
		}
		order, err := store.ReferencesFirst(c.Ctx(), from, all)
		if err != nil {
			return "", err
		}
		names, err := rewrite.Closure(c.Ctx(), to, from, order, nil)
		if err != nil {
			return "", err
		}
		switch got := names[path]; {
		case want == "":
			return "", c.Errorf(core.CodeStorePath, "rewriting '%s' to content-addressed form yielded '%s'\n"+
				"Use this value for the 'toPath' attribute passed to 'fetchClosure'", path, got)
		case got != want:
			return "", c.Errorf(core.CodeStorePath, "rewriting '%s' to content-addressed form yielded '%s', while '%s' was expected", path, got, want)
		}
	}
	info, err := to.Info(c.Ctx(), want)
	if err != nil {
		return "", err
	}
	if !info.IsContentAddressed(to.Dir()) {
		return "", c.Errorf(core.CodeStorePath, "The 'toPath' value '%s' is input-addressed, so it can't possibly be the result of rewriting to a content-addressed path.\n\n"+
			"Set 'toPath' to an empty string to make Nix report the correct content-addressed path.", want)
	}
	return want, done(want)
}

// storePath forces l and returns it as the text of a store path; words is the frame. A path
// below a store path is refused, as is one outside the store. Unlike builtins.storePath it
// follows no links. The text is a copy, and the context of l is dropped.
func (f fetchers) storePath(c *core.Call, l heap.Lazy, words string) (string, error) {
	text, _, err := c.Need(l, words).Coerce(core.Canonicalize)
	if err != nil {
		return "", err
	}
	text = shown(text)
	if _, err := f.st.Paths().Parse(text); err != nil {
		return "", c.Frame(c.Errorf(core.CodeStorePath, "path '%s' is not in the Nix store", text), "%s", words)
	}
	return strings.Clone(text), nil
}
