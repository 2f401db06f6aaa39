package builtins

// This file defines the builtins that fetch, but for those about flakes. Each goes the same
// way: it reads its arguments, asks whether the evaluation may see the place, looks into
// the store for what has the expected hash, and fetches, which package fetch does. An
// evaluator without the capability to fetch gets files of its own world only.
//
// Pure evaluation fetches only what a hash or a revision pins. Restricted evaluation fetches
// only below the prefixes of the setting allowed-uris, and what the world lets it see.
//
// A result is a string, or a set with an outPath, whose context is the store path.

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/builtins/flake/registry"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// fetchBuiltins returns the declarations of the builtins that fetch, by kind of source.
// fetchTree and fetchClosure are absent without their experimental features, as in the
// reference: eval-fail-fetchTree-absent in corpus/builtins.
func fetchBuiltins(f fetchers) []core.Builtin {
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
			Impl: inTurn(func(c *core.Call) (heap.Value, error) { return f.file(c, "fetchurl", "", storepath.Flat) }),
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
			Impl: inTurn(func(c *core.Call) (heap.Value, error) { return f.file(c, "fetchTarball", "source", storepath.NAR) }),
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
			Impl: inTurn(func(c *core.Call) (heap.Value, error) { return f.tree(c, "fetchGit") }),
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
			Impl: inTurn(f.mercurial),
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
			Impl: inTurn(func(c *core.Call) (heap.Value, error) { return f.tree(c, "fetchTree") }),
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
			Impl: inTurn(f.closure),
		},
	}
}

// inTurn returns impl, but that no helper of an evaluation calls it before its turn.
func inTurn(impl func(c *core.Call) (heap.Value, error)) func(c *core.Call) (heap.Value, error) {
	return func(c *core.Call) (heap.Value, error) {
		if err := c.Effect(); err != nil {
			return 0, err
		}
		return impl(c)
	}
}

// notHere returns the error for a place that an evaluator without the capability cannot fetch from.
// Callers make all checks of the reference before, so that errors of these are the same. what and
// args are a format as for Errorf.
func notHere(c *core.Call, what string, args ...any) error {
	return c.Errorf(core.CodeNotSupported, "cannot fetch "+what+": fetching is not supported here", args...)
}

// isNotHere reports whether err is one of notHere, or like it.
func isNotHere(err error) bool {
	e, ok := errors.AsType[*core.Error](err)
	return ok && e.Code == core.CodeNotSupported
}

// maxURL is the length of the longest URL, and of the longest attribute of a reference, in
// bytes. The limit is firn's own.
const maxURL = 1 << 15

// checkURL returns an error for a URL of more than maxURL bytes. Messages show URLs whole,
// and reading one takes several passes over it.
func checkURL(c *core.Call, url string) error {
	if len(url) <= maxURL {
		return nil
	}
	return c.Errorf(core.CodeInvalidArgument, "URL '%s…' is too long", url[:100])
}

// fetchers are the builtins that fetch, with the store that they put things into.
type fetchers struct {
	st         *store.View
	get        *fetch.Fetcher
	caches     func(ctx context.Context, url string) (store.Store, signature.Keys, error)         // nil if there are none
	registries func(ctx context.Context, ref *flakeref.Ref, limited bool) (*registry.List, error) // nil if there are none
	host       world.Host                                                                         // see Options.Host
	namePlaces bool                                                                               // see Options.NamePlaces
	unpinned   func(what string)                                                                  // see Options.Unpinned; not nil
}

// newFetchers returns the builtins that fetch, as opt says. Without a Fetcher they have one
// that asks no server, and remembers nothing.
func newFetchers(st *store.View, opt Options) fetchers {
	f := fetchers{st, opt.Fetcher, opt.OpenCache, opt.Registries, opt.Host, opt.NamePlaces, opt.Unpinned}
	if f.unpinned == nil {
		f.unpinned = func(string) {}
	}
	if f.get == nil {
		f.get = fetch.New(fetch.Options{CacheBytes: 1})
	}
	if f.host == nil {
		f.host = st.Host()
	}
	return f
}

// env returns what one fetch may use: the files of the evaluation's world. Pure evaluation sees
// none of them, but fetches from all places what a hash or a revision pins.
func (f fetchers) env(c *core.Call) *fetch.Env {
	host := f.st.Host()
	if c.Evaluator().Options().Pure {
		host = f.host
	}
	return &fetch.Env{Host: host, Budget: c, Warn: c.Warn}
}

// failed returns the error of a fetch in the words of the evaluator. text is what was to
// be fetched.
func (f fetchers) failed(c *core.Call, text string, err error) error {
	if offline, ok := errors.AsType[*fetch.OfflineError](err); ok && offline.Err == nil {
		return notHere(c, "'%s'", text)
	}
	if forbidden, ok := errors.AsType[*world.ForbiddenError](err); ok {
		return forbidden
	}
	return withCode(c, err, core.CodeFetch)
}

// A codedError is an error of a layer below that has no code of its own.
type codedError struct {
	error
	code core.Code
}

// Unwrap returns the error.
func (e *codedError) Unwrap() error { return e.error }

// ErrorCode returns the code that evaluators give the error.
func (e *codedError) ErrorCode() string { return string(e.code) }

// withCode returns err, with a code if it has none. Errors of evaluation, of a world and of an
// interruption stay as they are.
func withCode(c *core.Call, err error, code core.Code) error {
	var coded interface{ ErrorCode() string }
	var failed *core.Error
	var path *fs.PathError
	if err == nil || c.Ctx().Err() != nil || errors.As(err, &failed) || errors.As(err, &coded) || errors.As(err, &path) {
		return err
	}
	return &codedError{err, code}
}

// file is builtins.fetchurl or fetchTarball, as builtin says. name is the default for the
// name in the store; "" stands for the last part of the URL. method is how the hash is
// computed: Flat for the bytes of a file, NAR for an archive that is unpacked.
//
// The attributes are forced in the order of their symbols, which is that in which their
// names were first met, and an unknown one is an error when its turn comes
// (eval-fail-fetchurl-order in corpus/builtins). After that come, in this order, errors of
// a missing URL, of restricted evaluation, of the name, and of pure evaluation without a
// hash. With a hash whose store path is valid, nothing is fetched, whatever the URL is.
//
// Quirk: only fetchTarball knows channel:NAME as short for a URL; to fetchurl it is a URL
// with a colon in its last part, and so without a valid name (2.34.8).
func (f fetchers) file(c *core.Call, builtin, name string, method storepath.Method) (heap.Value, error) {
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
				err = c.Errorf(core.CodeInvalidArgument, "unsupported argument '%s' to '%s'", attr, builtin)
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
	if builtin == "fetchTarball" {
		url = channelURL(url)
	}
	if err := checkURI(c, url); err != nil {
		return 0, err
	}
	if name == "" {
		name = urlName(url)
	}
	if err := storepath.CheckName(name); err != nil {
		// The two spaces are the reference's.
		advice := "Please pass an attribute set with 'url' and 'name' attributes to '" + builtin + "',  so that it can create a valid store path."
		switch {
		case hasName:
			advice = "Please change the value for the 'name' attribute passed to '" + builtin + "', so that it can create a valid store path."
		case isSet:
			advice = "Please add a valid 'name' attribute to the argument for '" + builtin + "', so that it can create a valid store path."
		}
		return 0, c.Errorf(core.CodeInvalidArgument, "invalid store path name when fetching URL '%s': %s. %s", url, err, advice)
	}
	if expected == nil && c.Evaluator().Options().Pure {
		return 0, c.Errorf(core.CodePureEvaluation, "in pure evaluation mode, '%s' requires a 'sha256' argument", builtin)
	}
	if expected != nil && expected.Algo == nixhash.SHA256 {
		// The path of a fixed output follows from name, method and hash alone.
		p, err := f.st.Paths().MakeFixed(name, method, *expected, storepath.References{})
		if err != nil {
			return 0, err
		}
		if out := f.st.Paths().Text(p); f.st.Valid(c.Ctx(), out) {
			return c.NewString(out, c.Context(core.ContextElem{Kind: core.ContextPath, Path: out}))
		}
	}
	if builtin == "fetchurl" {
		return f.download(c, url, name, expected)
	}
	return f.tarball(c, url, name, expected)
}

// channelURL returns the URL that channel:NAME is short for; other URLs as they are.
func channelURL(url string) string {
	if channel, ok := strings.CutPrefix(url, "channel:"); ok {
		return "https://channels.nixos.org/" + channel + "/nixexprs.tar.xz"
	}
	return url
}

// Unpacker returns what is core.Options.Unpack for evaluators that have the builtins of
// With: the path in the store of an archive that is unpacked.
func Unpacker(st *store.View, opt Options) func(c *core.Call, url string) (string, error) {
	f := newFetchers(st, opt)
	return func(c *core.Call, url string) (string, error) {
		if ref, ok := strings.CutPrefix(url, "flake:"); ok {
			return f.flakeFolder(c, strings.Clone(ref))
		}
		if err := checkURL(c, url); err != nil {
			return "", err
		}
		url = channelURL(strings.Clone(url))
		ref, err := f.refs(c).FromAttrs(flakeref.Attrs{"type": "tarball", "url": url, "name": "source"}, false)
		if err != nil {
			return "", err
		}
		f.unpinned(url)
		tree, err := f.get.Fetch(c.Ctx(), ref, f.env(c))
		if err != nil {
			return "", f.failed(c, url, err)
		}
		out, _, err := f.add(c, ref, tree, "source")
		return out, err
	}
}

// download is the part of builtins.fetchurl that fetches. The comparison comes last, as in
// the reference: what has another hash stays in the store
// (eval-fail-fetchurl-mismatch-memory-store in corpus/builtins has the message).
func (f fetchers) download(c *core.Call, url, name string, expected *nixhash.Hash) (heap.Value, error) {
	if !strings.Contains(url, ":") {
		return 0, c.Errorf(core.CodeInvalidArgument, "URL '%s' doesn't have a scheme", url)
	}
	want := nixhash.Hash{}
	if expected != nil && expected.Algo == nixhash.SHA256 {
		want = *expected
	}
	if expected == nil {
		f.unpinned(url)
	}
	file, err := f.get.File(c.Ctx(), url, want, f.env(c))
	if err != nil {
		return 0, f.failed(c, url, err)
	}
	out, err := f.st.AddForeign(c.Ctx(), c, store.Foreign{Files: file, Name: name, Method: storepath.Flat, Hash: file.Hash, From: url})
	if err != nil {
		return 0, err
	}
	if expected != nil && file.Hash != *expected {
		return 0, &fetch.HashMismatchError{URL: url, Want: *expected, Got: file.Hash, Download: true}
	}
	return c.NewString(out, c.Context(core.ContextElem{Kind: core.ContextPath, Path: out}))
}

// tarball is the part of builtins.fetchTarball that fetches.
func (f fetchers) tarball(c *core.Call, url, name string, expected *nixhash.Hash) (heap.Value, error) {
	if _, err := flakeref.ParseURL(url, false, c.Warn); err != nil {
		return 0, err
	}
	attrs := flakeref.Attrs{"type": "tarball", "url": url, "name": name}
	if expected != nil && expected.Algo == nixhash.SHA256 {
		attrs["narHash"] = expected.String()
	}
	ref, err := f.refs(c).FromAttrs(attrs, false)
	if err != nil {
		return 0, err
	}
	if expected == nil {
		f.unpinned(url)
	}
	tree, err := f.get.Fetch(c.Ctx(), ref, f.env(c))
	if bad, ok := errors.AsType[*fetch.HashMismatchError](err); ok {
		bad.URL, bad.Download = url, true
		return 0, bad
	}
	if err != nil {
		if err = f.failed(c, url, err); isNotHere(err) {
			return 0, err
		}
		return 0, c.Frame(err, "while fetching the input '%s'", url)
	}
	out, hash, err := f.add(c, ref, tree, name)
	if err != nil {
		return 0, err
	}
	if expected != nil && hash != *expected {
		return 0, &fetch.HashMismatchError{URL: url, Want: *expected, Got: hash, Download: true}
	}
	return c.NewString(out, c.Context(core.ContextElem{Kind: core.ContextPath, Path: out}))
}

// add puts a tree into the store, and returns its path there and its hash. A tree of the
// world is copied from there, so that the store knows its source, unless messages name places
// themselves; pure evaluation does not see it.
func (f fetchers) add(c *core.Call, in *flakeref.Ref, tree *fetch.Tree, name string) (string, nixhash.Hash, error) {
	if tree.Path != "" && !f.namePlaces && !c.Evaluator().Options().Pure {
		return f.st.Copy(c.Ctx(), c, tree.Path, name, store.Import{Method: storepath.NAR, Fetched: f.from(in, tree)})
	}
	hash, err := tree.NARHash(c.Ctx())
	if err != nil {
		return "", hash, err
	}
	out, err := f.st.AddForeign(c.Ctx(), c, store.Foreign{Files: tree.Files, Name: name, Method: storepath.NAR, Hash: hash, Shown: f.label(in, tree, false), From: f.from(in, tree)})
	return out, hash, err
}

// label returns what messages call the tree of a reference; "" for its path in the store. A
// flake that is a working tree of Git is its folder to the reference, too; other flakes and
// their inputs have URLs in marks, and what builtins fetch is in the store there.
func (f fetchers) label(in *flakeref.Ref, tree *fetch.Tree, isFlake bool) string {
	_, locked := in.Attrs["narHash"]
	switch {
	case tree.Shown != "" && (f.namePlaces || isFlake && in.Type() == "git"):
		return tree.Shown
	case !f.namePlaces && (!isFlake || in.Type() == "path" && !locked):
		return ""
	}
	attrs := maps.Clone(in.Attrs)
	for _, name := range []string{"ref", "rev"} {
		delete(attrs, name)
		if v, ok := tree.Attrs[name]; ok {
			attrs[name] = v
		}
	}
	ref, err := quiet.FromAttrs(attrs, false)
	if err != nil {
		return ""
	}
	return "«" + lock.URL(quiet, ref) + "»"
}

// from returns what messages call the place that a tree was fetched from: a folder of this machine, or a URL.
func (f fetchers) from(in *flakeref.Ref, tree *fetch.Tree) string {
	if dir := cmp.Or(tree.Shown, tree.Path); dir != "" {
		return strings.TrimSuffix(dir, "/") + "/"
	}
	return "«" + lock.URL(quiet, in) + "»/"
}

// urlName returns the last part of a URL, as the name in the store of what is fetched from
// it: "" if there is none. A query stays part of it.
func urlName(url string) string {
	url = strings.TrimRight(url, "/")
	if url == "" {
		return ""
	}
	return path.Base(url)
}

// tree is builtins.fetchGit or fetchTree, as builtin says: the argument, a set or a string,
// is made a reference to a tree, and the result is the set that describes the tree. A string
// is a URL or a path for Git to fetchGit, and a reference to a flake to fetchTree, which
// wants the feature flakes for it and nothing more.
//
// Pure evaluation wants a reference that is locked, by a revision or a hash as its type has
// it. A reference with no more than a hash of the tree will do, with a warning.
func (f fetchers) tree(c *core.Call, builtin string) (heap.Value, error) {
	isGit := builtin == "fetchGit"
	v, err := c.Arg(0).Value()
	if err != nil {
		return 0, err
	}
	p := f.refs(c)
	var ref *flakeref.Ref
	if c.Heap().KindOf(v).IsAttrs() {
		attrs, err := f.treeAttrs(c, v, builtin)
		if err != nil {
			return 0, err
		}
		ref, err = p.FromAttrs(attrs, false)
		if err != nil {
			return 0, err
		}
	} else {
		text, _, err := c.Need(heap.Lazy(v), "while evaluating the first argument passed to '"+builtin+"'").Coerce(0)
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
			return 0, c.Errorf(core.CodeExperimental, "passing a string argument to '%s' requires the 'flakes' experimental feature", builtin)
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
			return 0, c.Errorf(core.CodePureEvaluation, "in pure evaluation mode, '%s' doesn't fetch unlocked input '%s'", builtin, text)
		}
		c.Warn("Input '%s' is unlocked (e.g. lacks a Git revision) but is checked by NAR hash. This is not reproducible and will break after garbage collection or when shared.", text)
	}
	if err := checkURI(c, text); err != nil {
		return 0, err
	}
	if ref.Type() == "indirect" && !c.Evaluator().Options().Pure {
		// What the machine and the user call something else does not count, as in the
		// reference: programs mean the same everywhere.
		if ref, err = f.treesOf(c).resolve(c.Ctx(), ref, lock.LimitedRegistry); err != nil {
			return 0, err
		}
	}
	v, err = f.fetchTree(c, ref, text, isGit)
	if err != nil && !isNotHere(err) {
		return 0, c.Frame(err, "while fetching the input '%s'", text)
	}
	return v, err
}

// fetchTree fetches the tree of a reference and returns the set that describes it. text is
// the reference as a URL. isGit says that the set is that of fetchGit.
func (f fetchers) fetchTree(c *core.Call, ref *flakeref.Ref, text string, isGit bool) (heap.Value, error) {
	f.unpinned(text) // also with a hash: the result tells the time and the revision
	tree, err := f.get.Fetch(c.Ctx(), ref, f.env(c))
	if err != nil {
		return 0, f.failed(c, text, err)
	}
	name, _ := tree.Attrs["name"].(string)
	if name == "" {
		name = "source"
	}
	out, hash, err := f.add(c, ref, tree, name)
	if err != nil {
		return 0, err
	}
	tree.Attrs["narHash"] = hash.String()
	return treeValue(c, out, tree, isGit)
}

// treeAttrs returns the set v as attributes of a reference to a tree, with the defaults that
// builtin, which is fetchGit or fetchTree, has for those that are not given. The texts are
// copies that outlive the heap.
//
// type comes first: fetchTree requires it, and fetchGit refuses it as implied. The others
// are forced in the order of their symbols. A string or a path becomes text, and loses its
// context; a Boolean and an integer that is not negative stay; any other type is an error
// (eval-fail-fetchTree-attribute in corpus/builtins), before it is known whether references
// have such an attribute.
func (f fetchers) treeAttrs(c *core.Call, v heap.Value, builtin string) (flakeref.Attrs, error) {
	h := c.Heap()
	isGit := builtin == "fetchGit"
	attrs := flakeref.Attrs{"type": "git"}
	if at := findAttr(c, v, "type"); at != 0 {
		if isGit {
			return nil, c.Errorf(core.CodeInvalidArgument, "unexpected argument 'type'")
		}
		text, err := c.Need(h.Load(at), "while evaluating the `type` argument passed to '"+builtin+"'").At(c.AttrPos(v, c.Lookup("type"))).PlainString()
		if err != nil {
			return nil, err
		}
		attrs["type"] = strings.Clone(shown(text))
	} else if !isGit {
		return nil, c.Errorf(core.CodeInvalidArgument, "argument 'type' is missing in call to '%s'", builtin)
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
			// Without CopyToStore, a path is the text of itself.
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
				return nil, c.Errorf(core.CodeInvalidArgument, "negative value given for '%s' argument '%s': %d", builtin, name, n)
			}
			attrs[name] = uint64(n)
		case name == "publicKeys": // a list of sets, which goes on as JSON
			if err := c.Require("verified-fetches", ""); err != nil {
				return nil, err
			}
			doc, err := format.ToJSON(c.Source(), heap.Lazy(x), format.Options{})
			if err != nil {
				return nil, err
			}
			text, err := doc.Bytes()
			if err == nil {
				err = checkURL(c, heap.Frozen(text))
			}
			if err != nil {
				return nil, err
			}
			attrs[name] = string(text)
		default:
			return nil, c.Errorf(core.CodeInvalidArgument, "argument '%s' to '%s' is %s while a string, Boolean or integer is expected", name, builtin, c.ShowType(x))
		}
	}
	// fetchGit leaves out files that are marked export-ignore, unless it fetches submodules;
	// fetchTree does not, but fetches one revision without its history.
	_, hasIgnore := attrs["exportIgnore"]
	if on, _ := attrs["submodules"].(bool); isGit && !hasIgnore && !on {
		attrs["exportIgnore"] = true
	}
	if _, ok := attrs["shallow"]; !isGit && attrs["type"] == "git" && !ok {
		attrs["shallow"] = true
	}
	// Quirk: name is refused only after everything was forced, its own value included.
	if _, ok := attrs["name"]; ok && !isGit {
		return nil, c.Errorf(core.CodeInvalidArgument, "argument 'name' isn’t supported in call to '%s'", builtin)
	}
	return attrs, nil
}

// checkCount returns an error for a set with more attributes than a reference could have.
// The limit is firn's own: no reference has more than a dozen, and one error for the set
// is cheaper than looking at each.
func checkCount(c *core.Call, v heap.Value) error {
	const most = 1000
	if n := c.Heap().Size(v); n > most {
		return c.Errorf(core.CodeInvalidArgument, "a reference to a tree cannot have %d attributes", n)
	}
	return nil
}

// checkURI returns an error if uri must not be fetched: in restricted evaluation, unless a
// prefix of allowed-uris admits it, or it is a file that the world shows.
//
// A prefix ends where a part of the URI does: https://example.org admits
// https://example.org/x but not https://example.orgx, and https: all that is fetched by
// HTTPS, but https nothing. All were tried with 2.34.8.
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
	// A path of this machine, bare or in a URL, is up to the restriction of paths.
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
	// Whether the file exists does not matter here; only whether it may be looked at.
	var forbidden *world.ForbiddenError
	if _, err := c.Host().Lstat(path.Clean(file)); errors.As(err, &forbidden) {
		return forbidden
	}
	return nil
}
