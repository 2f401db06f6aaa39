package builtins

// This file defines the builtins that put files into the store, and storePath, which
// refers to what is there.
//
// The result of each is a string whose context is the store path, so that a derivation
// that uses the string has the path among its inputs. Whether anything is written is up to
// the store: one that is read-only computes paths alone.

import (
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// storeFileBuiltins returns the declarations of the builtins that put files into the store,
// by name.
func storeFileBuiltins(st *store.View) []core.Builtin {
	f := files{st}
	return []core.Builtin{
		{
			Name:  "path",
			Order: 550,
			Args:  []string{"args"},
			Doc: `
Copies a file or a directory to the store, and returns its path there. The attributes of
args are path, and if wanted

  - name: what it is called in the store, if not as it is
  - filter: a function as for builtins.filterSource
  - recursive: false for a file whose hash is to be that of its bytes alone
  - sha256: the hash that is expected

For example:

	builtins.path { path = builtins.toFile "x" "text"; name = "y"; recursive = false; }
	=> "/nix/store/l1hq66g3qk67jbl4qrvzaxmxqn56qnp4-y"
`,
			Impl: f.path,
		},
		{
			Name:  "filterSource",
			Order: 540,
			Args:  []string{"e1", "e2"},
			Doc: `
Copies the directory at the path e2 to the store without the files and directories for which
the function e1 returns false. It is called with the path and the type of each, which is as
builtins.readFileType has it. The name in the store is that of the directory; where that
does not suit, use builtins.path.

	builtins.filterSource (path: type: type != "symlink") "/no such directory"
	=> error: path '/no such directory' does not exist
`,
			Impl: f.filterSource,
		},
		{
			Name:  "toFile",
			Order: 530,
			Args:  []string{"name", "s"},
			Doc: `
Puts the string s into the store as a file, whose name there ends in name, and returns its
path. The string may refer to other files in the store, but not to derivations.

	builtins.toFile "hello.txt" "Hello!"
	=> "/nix/store/qc35dasg3j08n9f5wbdc643bw69rrk6x-hello.txt"
`,
			Impl: f.toFile,
		},
		{
			Name:  "storePath",
			Order: 400,
			Args:  []string{"path"},
			Doc: `
The path, which has to be one in the store, as a string that refers to what is there. It is
not copied to the store again, as a path would be.

	builtins.storePath "/nix/store/l1hq66g3qk67jbl4qrvzaxmxqn56qnp4-y/bin"
	=> "/nix/store/l1hq66g3qk67jbl4qrvzaxmxqn56qnp4-y/bin"
`,
			Impl: f.storePath,
		},
	}
}

// A copying says how a path is put into the store.
type copying struct {
	path     string           // absolute and clean; text of the heap
	context  core.Context     // of path
	name     string           // in the store, behind the hash
	filter   heap.Value       // function of path and type; 0 lets everything through
	method   storepath.Method // NAR, or Flat for one file
	expected *nixhash.Hash    // of what is copied, filtered; nil if not given
}

// add copies what how says to the store, and returns its path there, with that as the
// context. Errors are about how.path, which their frame shows.
func (f files) add(c *core.Call, how copying) (heap.Value, error) {
	if err := checkPath(c, how.path); err != nil {
		return 0, err
	}
	how.name = shown(how.name)
	out, err := f.copyPath(c, &how)
	if err != nil {
		return 0, c.Frame(err, "while adding path '%s'", strings.Clone(how.path))
	}
	return c.NewString(out, c.Context(core.ContextElem{Kind: core.ContextPath, Path: out}))
}

// copyPath copies to the store and returns the path there. A file is copied as it is, a
// directory with all that is below it; a link at the end of the path is followed, links
// below are copied as links (eval-okay-symlinks in corpus/builtins).
//
// If the expected hash leads to a store path that is valid, nothing is read, the source
// need not exist, and the filter is not called. Otherwise the result is checked against it.
//
// The filter is called in the order of names, for a directory before its entries, and not
// for what is below a directory that it refused, nor for the path itself
// (eval-fail-path-filter-order, eval-fail-path-filter-skips, eval-okay-path). The path comes
// as a string without context (eval-fail-filterSource-argument).
func (f files) copyPath(c *core.Call, how *copying) (string, error) {
	dir := f.st.Paths()
	// A copy of something in the store refers to what the original refers to. A path
	// without context is copied as bytes, wherever it lies.
	var refs []string
	if how.context != 0 && dir.Contains(how.path) {
		if err := f.realiseContext(c, how.context); err != nil {
			return "", err
		}
		p, _, err := dir.Split(how.path)
		if err != nil {
			return "", err
		}
		refs, _ = f.st.References(c.Ctx(), dir.Text(p))
	}
	want := "" // the store path that the expected hash leads to
	if how.expected != nil {
		p, err := dir.MakeFixed(how.name, how.method, *how.expected, storepath.References{Paths: refs})
		if err != nil {
			return "", err
		}
		if want = dir.Text(p); f.st.Valid(c.Ctx(), want) {
			return want, nil
		}
	}
	file, err := resolveSymlinks(c, how.path, false)
	if err != nil {
		return "", err
	}
	imp := store.Import{Method: how.method, Refs: refs}
	if how.filter != 0 {
		imp.Filter = func(path string, kind nar.Kind) (bool, error) {
			h := c.Heap()
			v, err := c.Apply2(how.filter, heap.Lazy(h.NewString(path, 0)), heap.Lazy(h.NewString(kind.String(), 0)))
			if err != nil {
				return false, err
			}
			return c.Need(heap.Lazy(v), "while evaluating the return value of the path filter function").Bool()
		}
	}
	out, hash, err := f.st.Copy(c.Ctx(), c, file, how.name, imp)
	if err != nil {
		return "", err
	}
	if want != "" && want != out {
		err := c.Errorf(core.CodeHashMismatch, "store path mismatch in (possibly filtered) path added from '%s'", strings.Clone(how.path))
		return "", core.WithFound(err, hash.String())
	}
	return out, nil
}

// baseName returns the name that a path has in the store unless another one is given. The
// root has no last part; the reference calls its copy "source".
func baseName(file string) string {
	if file == "/" {
		return "source"
	}
	return path.Base(file)
}

// path is builtins.path. The attributes are forced in the order of their symbols, which is
// that in which their names were first met, and an unknown one is an error when its turn
// comes: eval-fail-path-attribute-order in corpus/builtins.
//
// An empty name stands for no name (eval-okay-path), an empty sha256 for a hash of zeros,
// with a warning (eval-fail-path-sha256-empty). The hash is that of the archive, or without
// recursive that of the bytes of the file.
func (f files) path(c *core.Call) (heap.Value, error) {
	h := c.Heap()
	args, err := c.Arg(0).Words("while evaluating the argument passed to 'builtins.path'").Attrs()
	if err != nil {
		return 0, err
	}
	how := copying{method: storepath.NAR}
	for _, e := range h.All(args) {
		pos := c.AttrPos(args, e.Name)
		var err error
		switch name := c.Name(e.Name); name {
		case "path":
			how.path, how.context, err = c.Need(e.Value, "while evaluating the 'path' attribute passed to 'builtins.path'").At(pos).Path()
		case "name":
			how.name, err = c.Need(e.Value, "while evaluating the `name` attribute passed to builtins.path").At(pos).PlainString()
		case "filter":
			how.filter, err = c.Need(e.Value, "while evaluating the `filter` parameter passed to builtins.path").At(pos).Function()
		case "recursive":
			var recursive bool
			recursive, err = c.Need(e.Value, "while evaluating the `recursive` attribute passed to builtins.path").At(pos).Bool()
			how.method = storepath.NAR
			if !recursive {
				how.method = storepath.Flat
			}
		case "sha256":
			var text string
			text, err = c.Need(e.Value, "while evaluating the `sha256` attribute passed to builtins.path").At(pos).PlainString()
			if err == nil {
				var hash nixhash.Hash
				hash, err = parseHash(c, shown(text), nixhash.SHA256)
				how.expected = &hash
			}
		default:
			err = c.ErrorfAt(core.CodeInvalidArgument, pos, "unsupported argument '%s' to 'builtins.path'", name)
		}
		if err != nil {
			return 0, err
		}
	}
	// A path that was given is absolute, so "" says that it was not.
	if how.path == "" {
		return 0, c.Errorf(core.CodeInvalidArgument, "missing required 'path' attribute in the first argument to 'builtins.path'")
	}
	if how.path, err = c.Settled(how.path); err != nil { // which the filter sees
		return 0, err
	}
	if how.name == "" {
		how.name = baseName(how.path)
	}
	return f.add(c, how)
}

// filterSource is builtins.filterSource.
//
// Quirk: the path, the second argument, is forced before the filter is
// (eval-fail-filterSource-order in corpus/builtins).
func (f files) filterSource(c *core.Call) (heap.Value, error) {
	file, ctx, err := c.Arg(1).Words("while evaluating the second argument (the path to filter) passed to 'builtins.filterSource'").Path()
	if err != nil {
		return 0, err
	}
	fn, err := c.Arg(0).Function()
	if err == nil {
		file, err = c.Settled(file)
	}
	if err != nil {
		return 0, err
	}
	return f.add(c, copying{path: file, context: ctx, name: baseName(file), filter: fn, method: storepath.NAR})
}

// toFile is builtins.toFile. The name is forced before the text
// (eval-fail-toFile-order in corpus/builtins) and may not refer to a store path.
//
// The store paths that the context of the text has become the references of the file, and
// part of what its path is computed from, whether or not they occur in the text. Outputs of
// derivations are refused, since the file would have to exist before they are built:
// eval-fail-toFile-derivation. The path of a .drv file alone is accepted (eval-okay-toFile).
func (f files) toFile(c *core.Call) (heap.Value, error) {
	name, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.toFile").PlainString()
	if err != nil {
		return 0, err
	}
	text, ctx, err := c.Arg(1).Words("while evaluating the second argument passed to builtins.toFile").String()
	if err != nil {
		return 0, err
	}
	name = shown(name)
	var refs []string
	for i, e := range c.Elems(ctx) {
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
		if e.Kind != core.ContextPath {
			// The message shows the element as the reference encodes it: !out!HASH-NAME.drv.
			e.Path = strings.TrimPrefix(e.Path, f.st.Dir()+"/")
			return 0, c.Errorf(core.CodeStringContext, "files created by builtins.toFile may not reference derivations, but %s references %s", strings.Clone(name), e)
		}
		refs = append(refs, e.Path)
	}
	out, err := f.st.AddText(c.Ctx(), c, name, text, refs)
	if err != nil {
		return 0, err
	}
	return c.NewString(out, c.Context(core.ContextElem{Kind: core.ContextPath, Path: out}))
}

// storePath is builtins.storePath. The result is the path as given, links followed, with
// its store path added to its context. Pure evaluation refuses it before anything is
// forced.
//
// Quirk: whether there is something at the path is not checked, as in the read-only mode
// that nix-instantiate --eval of the reference has: eval-okay-storePath in corpus/builtins.
func (f files) storePath(c *core.Call) (heap.Value, error) {
	if c.Evaluator().Options().Pure {
		return 0, c.Errorf(core.CodePureEvaluation, "'builtins.storePath' is not allowed in pure evaluation mode")
	}
	file, ctx, err := c.Arg(0).Words("while evaluating the first argument passed to 'builtins.storePath'").Path()
	if err != nil {
		return 0, err
	}
	if err := checkPath(c, file); err != nil {
		return 0, err
	}
	if file, err = c.Settled(file); err != nil {
		return 0, err
	}
	dir := f.st.Paths()
	// A link that is a store object itself stays; any other is followed, and may lead into
	// the store from outside.
	if _, err := dir.Parse(file); err != nil {
		if file, err = resolveSymlinks(c, file, false); err != nil {
			return 0, err
		}
	}
	if !dir.Contains(file) {
		return 0, c.Errorf(core.CodeStorePath, "path '%s' is not in the Nix store", strings.Clone(file))
	}
	p, _, err := dir.Split(file)
	if err != nil {
		return 0, err
	}
	elem := core.ContextElem{Kind: core.ContextPath, Path: dir.Text(p)}
	return c.NewString(file, c.Union(ctx, c.Context(elem)))
}
