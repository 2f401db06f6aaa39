package builtins

// This file defines the builtins that fetch. They check their arguments and find
// what is in the store already; only what is on this machine is fetched so far.

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// fetchBuiltins returns the builtins that fetch, and those about references to
// flakes.
func fetchBuiltins(st *store.View) []core.Builtin {
	f := fetchers{st}
	return []core.Builtin{
		{
			Name:  "fetchurl",
			Order: 1160,
			Args:  []string{"arg"},
			Doc: `
Fetches a file, and returns its path in the store. arg is a URL, or a set with url and, if
wanted, sha256 (the hash that is expected; pure evaluation needs it) and name.

	builtins.fetchurl { url = "https://example.org/x y"; sha256 = ""; }
	=> error: invalid store path name when fetching URL 'https://example.org/x y': name 'x y' contains illegal character ' '. Please add a valid 'name' attribute to the argument for 'fetchurl', so that it can create a valid store path.
`,
			Impl: func(c *core.Call) (heap.Value, error) { return f.file(c, "fetchurl", "", storepath.Flat) },
		},
		{
			Name:   "fetchTarball",
			Order:  1170,
			Global: "fetchTarball",
			Args:   []string{"args"},
			Doc: `
Fetches an archive, unpacks it, and returns the path in the store of the one directory that
is in it. args is a URL, or a set with url and, if wanted, sha256 (the hash of the unpacked
directory) and name.

	fetchTarball { sha256 = ""; }
	=> error: 'url' argument required
`,
			Impl: func(c *core.Call) (heap.Value, error) { return f.file(c, "fetchTarball", "source", storepath.NAR) },
		},
		{
			Name:   "fetchGit",
			Order:  1180,
			Global: "fetchGit",
			Args:   []string{"args"},
			Doc: `
Fetches a tree from a Git repository. args is a URL, or a set with url and, if wanted, name,
rev, ref, submodules, shallow, allRefs and others.

	fetchGit { type = "git"; }
	=> error: unexpected argument 'type'
`,
			Impl: func(c *core.Call) (heap.Value, error) { return f.tree(c, "fetchGit") },
		},
		{
			Name:   "fetchMercurial",
			Order:  1130,
			Global: "fetchMercurial",
			Args:   []string{"args"},
			Doc: `
Fetches a tree from a Mercurial repository. args is a URL, or a set with url and, if wanted,
name and rev.

	fetchMercurial { }
	=> error: 'url' argument required
`,
			Impl: f.mercurial,
		},
		{
			Name:         "fetchTree",
			Order:        1140,
			Global:       "fetchTree",
			Args:         []string{"input"},
			Experimental: "fetch-tree",
			Doc: `
Fetches a tree in one of many ways: input is a set whose type says which, or a flake
reference.

	builtins.fetchTree { }
	=> error: argument 'type' is missing in call to 'fetchTree'
`,
			Impl: func(c *core.Call) (heap.Value, error) { return f.tree(c, "fetchTree") },
		},
		{
			Name:         "fetchClosure",
			Order:        1120,
			Args:         []string{"args"},
			Experimental: "fetch-closure",
			Doc: `
Fetches a store path from a binary cache, with all that it refers to. args is a set with
fromStore, fromPath and, if wanted, toPath or inputAddressed.

	builtins.fetchClosure { }
	=> error: attribute 'fromPath' is missing in call to 'fetchClosure'
`,
			Impl: f.closure,
		},
		{
			Name:  "getFlake",
			Order: 1200,
			Args:  []string{"args"},
			Doc: `
The flake that the flake reference args means: its outputs, and sets that tell about it. It
needs the experimental feature flakes.

	builtins.getFlake "nixpkgs"
	=> error: experimental Nix feature 'flakes' is disabled; add '--extra-experimental-features flakes' to enable it
`,
			Impl: f.flake,
		},
		{
			Name:  "parseFlakeRef",
			Order: 1210,
			Args:  []string{"flake-ref"},
			Doc: `
The flake reference flake-ref, which is like a URL, as a set. It needs the experimental
feature flakes.

	builtins.parseFlakeRef "github:NixOS/nixpkgs"
	=> error: experimental Nix feature 'flakes' is disabled; add '--extra-experimental-features flakes' to enable it
`,
			Impl: f.parseFlakeRef,
		},
		{
			Name:  "flakeRefToString",
			Order: 1220,
			Args:  []string{"attrs"},
			Doc: `
The flake reference that the set attrs means, like a URL. It needs the experimental feature
flakes.

	builtins.flakeRefToString { dir = "lib"; }
	=> error: 'type' attribute to specify input scheme is required but not provided
`,
			Impl: f.flakeRefToString,
		},
	}
}

// notYet returns the error for what is to be fetched.
func notYet(c *core.Call, what string, args ...any) error {
	return c.Errorf(core.CodeNotSupported, "cannot fetch "+what+": fetching is not supported yet", args...)
}

// maxURL is how long a URL may be, and what is a part of one.
const maxURL = 1 << 15

// checkURL returns an error for a URL that is too long to be one. Messages show
// URLs whole.
func checkURL(c *core.Call, url string) error {
	if len(url) <= maxURL {
		return nil
	}
	return c.Errorf(core.CodeInvalidArgument, "URL '%s…' is too long", url[:100])
}

// fetchers are the builtins that fetch.
type fetchers struct{ st *store.View }

// file fetches a URL. who is the name of the builtin, name what the result is
// called; "" stands for the last part of the URL.
func (f fetchers) file(c *core.Call, who, name string, method storepath.Method) (heap.Value, error) {
	h := c.Heap()
	v, err := c.Arg(0).Value()
	if err != nil {
		return 0, err
	}
	url, hasURL, hasName := "", false, false
	var expected *nixhash.Hash
	isSet := h.KindOf(v).IsAttrs()
	if isSet {
		for _, e := range h.All(v) {
			pos := c.AttrPos(v, e.Name)
			var err error
			switch attr := c.Name(e.Name); attr {
			case "url":
				url, err = c.Need(e.Value, "while evaluating the url we should fetch").At(pos).PlainString()
				hasURL = true
			case "sha256":
				var text string
				text, err = c.Need(e.Value, "while evaluating the sha256 of the content we should fetch").At(pos).PlainString()
				if err == nil {
					var hash nixhash.Hash
					hash, err = parseHash(c, shown(text), nixhash.SHA256)
					expected = &hash
				}
			case "name":
				name, err = c.Need(e.Value, "while evaluating the name of the content we should fetch").At(pos).PlainString()
				hasName = true
			default:
				err = c.Errorf(core.CodeInvalidArgument, "unsupported argument '%s' to '%s'", attr, who)
			}
			if err != nil {
				return 0, err
			}
		}
		if !hasURL {
			return 0, c.Errorf(core.CodeInvalidArgument, "'url' argument required")
		}
	} else if url, err = c.Need(heap.Lazy(v), "while evaluating the url we should fetch").PlainString(); err != nil {
		return 0, err
	}
	if err := checkURL(c, url); err != nil {
		return 0, err
	}
	url, name = strings.Clone(url), shown(name)
	if channel, ok := strings.CutPrefix(url, "channel:"); ok && who == "fetchTarball" {
		url = "https://channels.nixos.org/" + channel + "/nixexprs.tar.xz"
	}
	if err := checkURI(c, url); err != nil {
		return 0, err
	}
	if name == "" {
		name = urlName(url)
	}
	if err := storepath.CheckName(name); err != nil {
		advice := "Please pass an attribute set with 'url' and 'name' attributes to '" + who + "',  so that it can create a valid store path."
		switch {
		case hasName:
			advice = "Please change the value for the 'name' attribute passed to '" + who + "', so that it can create a valid store path."
		case isSet:
			advice = "Please add a valid 'name' attribute to the argument for '" + who + "', so that it can create a valid store path."
		}
		return 0, c.Errorf(core.CodeInvalidArgument, "invalid store path name when fetching URL '%s': %s. %s", url, err, advice)
	}
	if expected == nil && c.Evaluator().Options().Pure {
		return 0, c.Errorf(core.CodePureEvaluation, "in pure evaluation mode, '%s' requires a 'sha256' argument", who)
	}
	if expected != nil && expected.Algo == nixhash.SHA256 {
		p, err := f.st.Paths().MakeFixed(name, method, *expected, storepath.References{})
		if err != nil {
			return 0, err
		}
		if out := f.st.Paths().Text(p); f.st.Valid(c.Ctx(), out) {
			return c.NewString(out, c.Context(core.ContextElem{Kind: core.ContextPath, Path: out}))
		}
	}
	file, err := localFile(c, url)
	switch {
	case err != nil && who == "fetchurl" && !strings.Contains(url, ":"):
		return 0, c.Errorf(core.CodeInvalidArgument, "URL '%s' doesn't have a scheme", url)
	case err != nil:
		return 0, err
	case file != "":
		return f.local(c, url, file, name, method, expected)
	}
	return 0, notYet(c, "'%s'", url)
}

// urlName returns the last part of a URL.
func urlName(url string) string {
	url = strings.TrimRight(url, "/")
	if url == "" {
		return ""
	}
	return path.Base(url)
}

// tree fetches a tree. who is the name of the builtin.
func (f fetchers) tree(c *core.Call, who string) (heap.Value, error) {
	isGit := who == "fetchGit"
	v, err := c.Arg(0).Value()
	if err != nil {
		return 0, err
	}
	p := f.refs(c)
	var ref *flakeref.Ref
	if c.Heap().KindOf(v).IsAttrs() {
		attrs, err := f.treeAttrs(c, v, who)
		if err != nil {
			return 0, err
		}
		ref, err = p.FromAttrs(attrs, false)
		if err != nil {
			return 0, err
		}
	} else {
		text, _, err := c.Need(heap.Lazy(v), "while evaluating the first argument passed to '"+who+"'").Coerce(0)
		if err != nil {
			return 0, err
		}
		if err := checkURL(c, text); err != nil {
			return 0, err
		}
		text = strings.Clone(text)
		switch {
		case isGit:
			u, err := flakeref.FixGitURL(text, c.Warn)
			if err != nil {
				return 0, err
			}
			ref, err = p.FromAttrs(flakeref.Attrs{"type": "git", "url": u.String(), "exportIgnore": true}, false)
			if err != nil {
				return 0, err
			}
		case !c.Enabled("flakes"):
			return 0, c.Errorf(core.CodeExperimental, "passing a string argument to '%s' requires the 'flakes' experimental feature", who)
		default:
			if ref, err = p.FromURL(text); err != nil {
				return 0, err
			}
		}
	}
	text, err := ref.Text(p)
	if err != nil {
		return 0, err
	}
	if c.Evaluator().Options().Pure && !ref.IsLocked() {
		_, ok, err := ref.Attrs.NarHash()
		if err != nil {
			return 0, err
		}
		if !ok {
			return 0, c.Errorf(core.CodePureEvaluation, "in pure evaluation mode, '%s' doesn't fetch unlocked input '%s'", who, text)
		}
		c.Warn("Input '%s' is unlocked (e.g. lacks a Git revision) but is checked by NAR hash. This is not reproducible and will break after garbage collection or when shared.", text)
	}
	if err := checkURI(c, text); err != nil {
		return 0, err
	}
	if v, ok, err := f.localTree(c, ref, text); ok || err != nil {
		return v, err
	}
	return 0, notYet(c, "'%s'", text)
}

// treeAttrs returns the set v as what it refers to.
func (f fetchers) treeAttrs(c *core.Call, v heap.Value, who string) (flakeref.Attrs, error) {
	h := c.Heap()
	isGit := who == "fetchGit"
	attrs := flakeref.Attrs{"type": "git"}
	if at := findAttr(c, v, "type"); at != 0 {
		if isGit {
			return nil, c.Errorf(core.CodeInvalidArgument, "unexpected argument 'type'")
		}
		text, err := c.Need(h.Load(at), "while evaluating the `type` argument passed to '"+who+"'").At(c.AttrPos(v, c.Lookup("type"))).PlainString()
		if err != nil {
			return nil, err
		}
		attrs["type"] = strings.Clone(shown(text))
	} else if !isGit {
		return nil, c.Errorf(core.CodeInvalidArgument, "argument 'type' is missing in call to '%s'", who)
	}
	if err := checkCount(c, v); err != nil {
		return nil, err
	}
	for _, e := range h.All(v) {
		name := c.Name(e.Name)
		if name == "type" {
			continue
		}
		x, err := c.Force(e.Value)
		if err != nil {
			return nil, err
		}
		switch k := h.KindOf(x); {
		case k == heap.String || k == heap.Path:
			text, _, err := c.Need(heap.Lazy(x), "").Coerce(0)
			if err == nil {
				err = checkURL(c, text)
			}
			if err != nil {
				return nil, err
			}
			text = strings.Clone(text)
			if isGit && name == "url" {
				u, err := flakeref.FixGitURL(text, c.Warn)
				if err != nil {
					return nil, err
				}
				text = u.String()
			}
			attrs[name] = text
		case k == heap.Bool:
			attrs[name] = h.Bool(x)
		case k.IsInt():
			n := h.Int(x)
			if n < 0 {
				return nil, c.Errorf(core.CodeInvalidArgument, "negative value given for '%s' argument '%s': %d", who, name, n)
			}
			attrs[name] = uint64(n)
		case name == "publicKeys":
			if err := c.Require("verified-fetches", ""); err != nil {
				return nil, err
			}
			text, _, err := AppendJSON(c, nil, heap.Lazy(x), true)
			if err == nil {
				err = checkURL(c, heap.Frozen(text))
			}
			if err != nil {
				return nil, err
			}
			attrs[name] = string(text)
		default:
			return nil, c.Errorf(core.CodeInvalidArgument, "argument '%s' to '%s' is %s while a string, Boolean or integer is expected", name, who, c.ShowType(x))
		}
	}
	_, hasIgnore := attrs["exportIgnore"]
	if on, _ := attrs["submodules"].(bool); isGit && !hasIgnore && !on {
		attrs["exportIgnore"] = true
	}
	if _, ok := attrs["shallow"]; !isGit && attrs["type"] == "git" && !ok {
		attrs["shallow"] = true
	}
	if _, ok := attrs["name"]; ok && !isGit {
		return nil, c.Errorf(core.CodeInvalidArgument, "argument 'name' isn’t supported in call to '%s'", who)
	}
	return attrs, nil
}

// checkCount returns an error for a set of attributes that are too many for a
// reference.
func checkCount(c *core.Call, v heap.Value) error {
	const most = 1000
	if n := c.Heap().Size(v); n > most {
		return c.Errorf(core.CodeInvalidArgument, "a reference to a tree cannot have %d attributes", n)
	}
	return nil
}

// checkURI returns an error if uri must not be fetched.
func checkURI(c *core.Call, uri string) error {
	opt := c.Evaluator().Options()
	if !opt.Restricted {
		return nil
	}
	for _, prefix := range opt.AllowedURIs {
		rest, ok := strings.CutPrefix(uri, prefix)
		if ok && (rest == "" || prefix != "" && (rest[0] == '/' || strings.HasSuffix(prefix, "/") || strings.HasSuffix(prefix, ":"))) {
			return nil
		}
	}
	file := ""
	if strings.HasPrefix(uri, "/") {
		file = uri
	} else if u, err := flakeref.ParseURL(uri, false, c.Warn); err == nil && u.Scheme == "file" {
		if file, err = u.FilePath(); err != nil {
			return err
		}
	}
	if file == "" {
		return c.Errorf(core.CodeRestricted, "access to URI '%s' is forbidden in restricted mode", uri)
	}
	var forbidden *world.ForbiddenError
	if _, err := c.Host().Lstat(path.Clean(file)); errors.As(err, &forbidden) {
		return forbidden
	}
	return nil
}

// mercurial is builtins.fetchMercurial: arguments are checked, and fetching is an
// error.
func (f fetchers) mercurial(c *core.Call) (heap.Value, error) {
	h := c.Heap()
	v, err := c.Arg(0).Value()
	if err != nil {
		return 0, err
	}
	url, hasRev := "", false
	if h.KindOf(v).IsAttrs() {
		for _, e := range h.All(v) {
			pos := c.AttrPos(v, e.Name)
			var err error
			switch name := c.Name(e.Name); name {
			case "url":
				url, _, err = c.Need(e.Value, "while evaluating the `url` attribute passed to builtins.fetchMercurial").At(pos).Coerce(0)
			case "rev":
				var rev string
				rev, err = c.Need(e.Value, "while evaluating the `rev` attribute passed to builtins.fetchMercurial").At(pos).PlainString()
				hasRev = isRevision(rev)
			case "name":
				_, err = c.Need(e.Value, "while evaluating the `name` attribute passed to builtins.fetchMercurial").At(pos).PlainString()
			default:
				err = c.ErrorfAt(core.CodeInvalidArgument, pos, "unsupported argument '%s' to 'fetchMercurial'", name)
			}
			if err != nil {
				return 0, err
			}
		}
		if url == "" {
			return 0, c.Errorf(core.CodeInvalidArgument, "'url' argument required")
		}
	} else if url, _, err = c.Need(heap.Lazy(v), "while evaluating the first argument passed to builtins.fetchMercurial").Coerce(0); err != nil {
		return 0, err
	}
	if err := checkURL(c, url); err != nil {
		return 0, err
	}
	if err := checkURI(c, url); err != nil {
		return 0, err
	}
	if c.Evaluator().Options().Pure && !hasRev {
		return 0, c.Errorf(core.CodePureEvaluation, "in pure evaluation mode, 'fetchMercurial' requires a Mercurial revision")
	}
	return 0, notYet(c, "'%s'", strings.Clone(url))
}

// isRevision reports whether s is the hash of a commit.
func isRevision(s string) bool {
	return len(s) == 40 && strings.Trim(s, "0123456789abcdef") == ""
}

// closure is builtins.fetchClosure: arguments are checked, and fetching is an
// error.
func (f fetchers) closure(c *core.Call) (heap.Value, error) {
	h := c.Heap()
	v, err := c.Arg(0).Attrs()
	if err != nil {
		return 0, err
	}
	var from, url string
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
			var x heap.Value
			if x, err = c.Force(e.Value); err == nil && !(h.KindOf(x) == heap.String && h.Len(x) == 0) {
				_, err = f.storePath(c, heap.Lazy(x), words)
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
	case !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://"):
		return 0, c.Errorf(core.CodeInvalidArgument, "'fetchClosure' only supports http:// and https:// stores")
	case strings.ContainsRune(url, '?'):
		return 0, c.Errorf(core.CodeInvalidArgument, "'fetchClosure' does not support URL query parameters (in '%s')", strings.Clone(url))
	}
	return 0, notYet(c, "'%s'", from)
}

// storePath returns l as the text of a store path.
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

// refs returns what makes references to trees.
func (f fetchers) refs(c *core.Call) *flakeref.Parser {
	return &flakeref.Parser{
		Require: func(feature string) error { return c.Require(feature, "") },
		Warn:    c.Warn,
	}
}

// flake is builtins.getFlake: the reference is checked, and fetching is an error.
func (f fetchers) flake(c *core.Call) (heap.Value, error) {
	text, err := c.Arg(0).PlainString()
	if err != nil {
		return 0, err
	}
	if err := c.Require("flakes", ""); err != nil {
		return 0, err
	}
	if err := checkURL(c, text); err != nil {
		return 0, err
	}
	text = strings.Clone(text)
	if _, err := f.refs(c).Parse(text); err != nil {
		return 0, err
	}
	return 0, notYet(c, "flake '%s'", text)
}

// parseFlakeRef returns the attributes of a reference to a flake.
func (f fetchers) parseFlakeRef(c *core.Call) (heap.Value, error) {
	text, err := c.Arg(0).PlainString()
	if err != nil {
		return 0, err
	}
	if err := c.Require("flakes", ""); err != nil {
		return 0, err
	}
	if err := checkURL(c, text); err != nil {
		return 0, err
	}
	ref, err := f.refs(c).Parse(strings.Clone(text))
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	attrs := ref.All()
	var entries []heap.Entry
	for _, name := range slices.Sorted(maps.Keys(attrs)) {
		var v heap.Value
		switch x := attrs[name].(type) {
		case string:
			v = h.NewString(x, 0)
		case uint64:
			v = h.NewInt(int64(x))
		case bool:
			v = heap.NewBool(x)
		}
		entries = append(entries, heap.Entry{Name: c.Intern(name), Value: heap.Lazy(v)})
	}
	return h.AttrsOf(entries), nil
}

// flakeRefToString returns the URL of a reference to a flake that is given as
// attributes.
func (f fetchers) flakeRefToString(c *core.Call) (heap.Value, error) {
	h := c.Heap()
	v, err := c.Arg(0).Attrs()
	if err != nil {
		return 0, err
	}
	if err := checkCount(c, v); err != nil {
		return 0, err
	}
	attrs := flakeref.Attrs{}
	for _, e := range h.All(v) {
		name := c.Name(e.Name)
		x, err := c.Force(e.Value)
		if err != nil {
			return 0, err
		}
		switch k := h.KindOf(x); {
		case k.IsInt():
			n := h.Int(x)
			if n < 0 {
				return 0, c.Errorf(core.CodeInvalidArgument, "negative value given for flake ref attr %s: %d", name, n)
			}
			attrs[name] = uint64(n)
		case k == heap.Bool:
			attrs[name] = h.Bool(x)
		case k == heap.String:
			if err := checkURL(c, h.Text(x)); err != nil {
				return 0, err
			}
			attrs[name] = strings.Clone(h.Text(x))
		default:
			return 0, c.Errorf(core.CodeWrongType, "flake reference attribute sets may only contain integers, Booleans, and strings, but attribute '%s' is %s", name, c.ShowType(x))
		}
	}
	p := f.refs(c)
	ref, err := p.FromAttrs(attrs, true)
	if err != nil {
		return 0, err
	}
	if err := c.Require("flakes", ""); err != nil {
		return 0, err
	}
	text, err := ref.Text(p)
	if err != nil {
		return 0, err
	}
	return c.NewString(text, 0)
}
