package builtins

// This file defines the builtins that look at files, and those that put files
// into the store.

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// fileBuiltins returns the builtins about files and the store. All of them read
// through the world of the call, so that what they see can be restricted and
// recorded.
func fileBuiltins(st *store.View) []core.Builtin {
	f := files{st}
	return []core.Builtin{
		{
			Name:  "readFile",
			Order: 440,
			Args:  []string{"path"},
			Early: 1,
			Doc: `
The contents of the file at path.

	builtins.readFile (builtins.toFile "x" "some text")
	=> "some text"
`,
			Impl: f.readFile,
		},
		{
			Name:  "readDir",
			Order: 480,
			Args:  []string{"path"},
			Early: 1,
			Doc: `
The entries of the directory at path: a set of their types, which are "regular", "directory",
"symlink" or "unknown".

	builtins.readDir "/no such directory"
	=> error: path '/no such directory' does not exist
`,
			Impl: f.readDir,
		},
		{
			Name:  "readFileType",
			Order: 470,
			Args:  []string{"p"},
			Doc: `
The type of what is at the path p: "regular", "directory", "symlink" or "unknown".

	builtins.readFileType (builtins.toFile "x" "")
	=> "regular"
`,
			Impl: f.readFileType,
		},
		{
			Name:  "pathExists",
			Order: 410,
			Args:  []string{"path"},
			Early: 1,
			Doc: `
Is there something at path? If path is a string that ends in a slash, it has to be a
directory.

	builtins.pathExists "/no such file"
	=> false
`,
			Impl: f.pathExists,
		},
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
		{
			Name:  "hashFile",
			Order: 460,
			Args:  []string{"type", "p"},
			Doc: `
The hash of the bytes of the file at the path p, in base 16. The algorithm, type, is "md5",
"sha1", "sha256" or "sha512".

	builtins.hashFile "md5" (builtins.toFile "x" "text")
	=> "1cb251ec0d568de6a929b520c4aed8d1"
`,
			Impl: f.hashFile,
		},
		{
			Name:  "findFile",
			Order: 450,
			Args:  []string{"search-path", "lookup-path"},
			Doc: `
Looks lookup-path up in search-path, which is a list of sets as builtins.nixPath is. In an
entry without prefix, it is looked for in the directory path; in another one, what follows
the prefix is. An expression such as <nixpkgs/lib> stands for a call of this function.

	builtins.findFile [ { path = "/no such directory"; } ] "x"
	=> error: file 'x' was not found in the Nix search path (add it using $NIX_PATH or -I)
`,
			Impl: f.findFile,
		},
		{
			Name:  "getEnv",
			Order: 320,
			Args:  []string{"s"},
			Doc: `
The value of the environment variable s; "" if there is none, and in pure evaluation.

	builtins.getEnv "NO_SUCH_VARIABLE"
	=> ""
`,
			Impl: getEnv,
		},
	}
}

// files are the builtins that know files.
type files struct{ st *store.View }

// maxPath is how long the path of a file may be. Systems allow less.
const maxPath = 1 << 16

// checkPath returns an error for a path at which there cannot be a file.
func checkPath(c *core.Call, path string) error {
	if len(path) <= maxPath {
		return nil
	}
	return c.Errorf(core.CodeFile, "getting status of \"%s…\": File name too long", path[:maxPath])
}

// realise returns the path that l is, after what it refers to was checked.
func (f files) realise(c *core.Call, l heap.Lazy) (string, error) {
	path, ctx, err := c.Need(l, "while realising the context of a path").Path()
	if err == nil {
		err = checkPath(c, path)
	}
	if err != nil {
		return "", err
	}
	if ctx != 0 {
		if err := f.realiseContext(c, ctx); err != nil {
			return "", c.Frame(err, "while realising the context of path '%s'", strings.Clone(path))
		}
	}
	return path, nil
}

// resolved is realise, for a path whose symbolic links are followed: all, or
// all but the last part.
func (f files) resolved(c *core.Call, l heap.Lazy, last bool) (string, error) {
	path, err := f.realise(c, l)
	if err != nil {
		return "", err
	}
	out, err := resolveSymlinks(c, path, last)
	if err != nil {
		return "", c.Frame(err, "while realising the context of path '%s'", strings.Clone(path))
	}
	return out, nil
}

// realiseContext makes sure that what ctx refers to is in the store, and builds
// outputs that are not, if the store has a builder.
func (f files) realiseContext(c *core.Call, ctx core.Context) error {
	elems := c.Elems(ctx)
	for _, e := range elems {
		if err := c.Tick(1); err != nil {
			return err
		}
		if !f.st.Valid(c.Ctx(), e.Path) {
			return &store.InvalidPathError{Path: strings.TrimPrefix(e.Path, f.st.Dir()+"/")}
		}
	}
	for _, e := range elems {
		if e.Kind != core.ContextOutput {
			continue
		}
		if d, err := f.st.Derivation(c.Ctx(), c, e.Path); err == nil {
			if o := d.Output(e.Output); o != nil && o.Path != "" && f.st.Valid(c.Ctx(), o.Path) {
				continue
			}
		}
		if c.Evaluator().Options().NoImportFromDerivation {
			return c.Errorf(core.CodeNotSupported, "cannot build '%s^%s' during evaluation because the option 'allow-import-from-derivation' is disabled", e.Path, e.Output)
		}
		builder := f.st.Store().Builder()
		if builder == nil {
			return c.Errorf(core.CodeNotSupported, "cannot build '%s^%s' during evaluation: building is not supported yet", e.Path, e.Output)
		}
		if err := builder.Build(c.Ctx(), e.Path, []string{e.Output}); err != nil {
			return err
		}
	}
	return nil
}

// resolveSymlinks returns path without symbolic links on the way; last says
// whether it may be one itself. What is not there is no link.
func resolveSymlinks(c *core.Call, file string, last bool) (string, error) {
	out, err := c.ResolveLinks(file, last)
	if e, ok := err.(*world.LinkError); ok {
		return "", store.PathError(e.Err, e.Path)
	}
	return out, err
}

func (f files) readFile(c *core.Call) (heap.Value, error) {
	file, err := f.resolved(c, c.Arg(0).Lazy(), false)
	if err != nil {
		return 0, err
	}
	data, err := c.Host().ReadFile(file)
	if err != nil {
		return 0, store.PathError(err, file)
	}
	text := heap.Frozen(data)
	if i, err := budget.IndexByte(c, text, 0); err != nil {
		return 0, err
	} else if i >= 0 {
		return 0, c.Errorf(core.CodeFile, "the contents of the file '%s' cannot be represented as a Nix string", strings.Clone(file))
	}
	ctx, err := f.references(c, file, text)
	if err != nil {
		return 0, err
	}
	return newString(c, text, ctx)
}

// references returns the context of what a file in the store refers to.
func (f files) references(c *core.Call, file, text string) (core.Context, error) {
	p, _, err := f.st.Paths().Split(file)
	if err != nil {
		return 0, nil
	}
	refs, err := f.st.References(c.Ctx(), f.st.Paths().Text(p))
	if err != nil {
		return 0, nil
	}
	var elems []core.ContextElem
	for _, ref := range refs {
		p, err := f.st.Paths().Parse(ref)
		if err != nil {
			continue
		}
		found, err := budget.Contains(c, text, p.Hash())
		if err != nil {
			return 0, err
		}
		if found {
			elems = append(elems, core.ContextElem{Kind: core.ContextPath, Path: ref})
		}
	}
	if elems == nil {
		return 0, nil
	}
	return c.Context(elems...), nil
}

func (f files) readDir(c *core.Call) (heap.Value, error) {
	dir, err := f.resolved(c, c.Arg(0).Lazy(), false)
	if err != nil {
		return 0, err
	}
	list, err := c.Host().ReadDir(dir)
	if err != nil {
		return 0, store.PathError(err, dir)
	}
	h := c.Heap()
	if err := c.CheckSize(uint64(len(list)) + 2); err != nil {
		return 0, err
	}
	var types [4]heap.Value
	entries := make([]heap.Entry, len(list))
	for i, e := range list {
		t := &types[store.Kind(e.Type)]
		if *t == 0 {
			*t = h.NewString(string(e.Type), 0)
		}
		entries[i] = heap.Entry{Name: c.Intern(e.Name), Value: heap.Lazy(*t)}
		if err := c.Tick(1); err != nil {
			return 0, err
		}
	}
	return h.AttrsOf(entries), nil
}

func (f files) readFileType(c *core.Call) (heap.Value, error) {
	file, err := f.realise(c, c.Arg(0).Lazy())
	if err != nil {
		return 0, err
	}
	// Quirk: a link on the way is an error.
	for i := 1; i < len(file); i++ {
		if file[i] == '/' {
			if info, err := c.Host().Lstat(file[:i]); err == nil && info.Type == world.Symlink {
				return 0, c.Errorf(core.CodeFile, "path '%s' is a symlink", strings.Clone(file[:i]))
			}
		}
	}
	info, err := c.Host().Lstat(file)
	if err != nil {
		return 0, store.PathError(err, file)
	}
	return c.NewString(string(info.Type), 0)
}

func (f files) pathExists(c *core.Call) (heap.Value, error) {
	v, err := c.Arg(0).Value()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	isDir := false
	if h.KindOf(v) == heap.String {
		text := h.Text(v)
		isDir = strings.HasSuffix(text, "/") || strings.HasSuffix(text, "/.")
	}
	file, err := f.resolved(c, heap.Lazy(v), !isDir)
	if err != nil {
		return 0, err
	}
	info, err := c.Host().Lstat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return heap.False, nil
	case err != nil:
		return 0, store.PathError(err, file)
	}
	return heap.NewBool(!isDir || info.Type == world.Directory), nil
}

// A copying says how a path is put into the store.
type copying struct {
	path     string
	context  core.Context
	name     string
	filter   heap.Value // 0 lets everything through
	method   storepath.Method
	expected *nixhash.Hash
}

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

func (f files) copyPath(c *core.Call, how *copying) (string, error) {
	dir := f.st.Paths()
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
	want := ""
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

// baseName returns the name that a path has in the store.
func baseName(file string) string {
	if file == "/" {
		return "source"
	}
	return path.Base(file)
}

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
	if how.path == "" {
		return 0, c.Errorf(core.CodeInvalidArgument, "missing required 'path' attribute in the first argument to 'builtins.path'")
	}
	if how.name == "" {
		how.name = baseName(how.path)
	}
	return f.add(c, how)
}

func (f files) filterSource(c *core.Call) (heap.Value, error) {
	file, ctx, err := c.Arg(1).Words("while evaluating the second argument (the path to filter) passed to 'builtins.filterSource'").Path()
	if err != nil {
		return 0, err
	}
	fn, err := c.Arg(0).Function()
	if err != nil {
		return 0, err
	}
	return f.add(c, copying{path: file, context: ctx, name: baseName(file), filter: fn, method: storepath.NAR})
}

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
	dir := f.st.Paths()
	// A link right in the store is a store object, any other is followed.
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

func (f files) hashFile(c *core.Call) (heap.Value, error) {
	name, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.hashFile").PlainString()
	if err != nil {
		return 0, err
	}
	algo, err := nixhash.ParseAlgo(shown(name))
	if err == nil && algo == nixhash.BLAKE3 {
		err = c.Require("blake3-hashes", "")
	}
	if err != nil {
		return 0, err
	}
	file, err := f.resolved(c, c.Arg(1).Lazy(), false)
	if err != nil {
		return 0, err
	}
	data, err := c.Host().ReadFile(file)
	if err != nil {
		return 0, store.PathError(err, file)
	}
	h, err := nixhash.SumText(c, algo, heap.Frozen(data))
	if err != nil {
		return 0, err
	}
	return c.NewString(h.Text(nixhash.Base16), 0)
}

func (f files) findFile(c *core.Call) (heap.Value, error) {
	h := c.Heap()
	list, err := c.Arg(0).List()
	if err != nil {
		return 0, err
	}
	const entrySize = 32
	if n := h.Len(list); n >= large {
		if err := c.Charge(n * entrySize); err != nil {
			return 0, err
		}
	}
	entries := make([]core.SearchPathEntry, h.Len(list))
	for i := range entries {
		set, err := c.Need(h.Elems(list)[i], "while evaluating an element of the list passed to builtins.findFile").Attrs()
		if err != nil {
			return 0, err
		}
		prefix := ""
		if at := findAttr(c, set, "prefix"); at != 0 {
			prefix, err = c.Need(h.Load(at), "while evaluating the `prefix` attribute of an element of the list passed to builtins.findFile").PlainString()
			if err != nil {
				return 0, err
			}
		}
		at := findAttr(c, set, "path")
		if at == 0 {
			return 0, c.Frame(c.Errorf(core.CodeMissingAttribute, "attribute 'path' missing"), "in an element of the __nixPath")
		}
		path, ctx, err := c.Need(h.Load(at), "while evaluating the `path` attribute of an element of the list passed to builtins.findFile").Coerce(0)
		if err != nil {
			return 0, err
		}
		if ctx != 0 {
			var invalid *store.InvalidPathError
			if err := f.realiseContext(c, ctx); errors.As(err, &invalid) {
				return 0, c.Errorf(core.CodeStorePath, "cannot find '%s', since path '%s' is not valid", shown(path), invalid.Path)
			} else if err != nil {
				return 0, err
			}
		}
		// The evaluator remembers what it found.
		entries[i] = core.SearchPathEntry{Prefix: strings.Clone(shown(prefix)), Path: strings.Clone(shown(path))}
	}
	name, err := c.Arg(1).PlainString()
	if err != nil {
		return 0, err
	}
	file, err := c.FindFile(entries, strings.Clone(shown(name)))
	if err != nil {
		return 0, err
	}
	return h.NewPath(file), nil
}

// getEnv returns a variable of the world. Quirk: where the environment must not
// be seen, each variable is empty, and not an error.
func getEnv(c *core.Call) (heap.Value, error) {
	name, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.getEnv").PlainString()
	if err != nil {
		return 0, err
	}
	if opt := c.Evaluator().Options(); opt.Pure || opt.Restricted {
		return heap.EmptyStr, nil
	}
	return c.NewString(c.Host().Getenv(strings.Clone(shown(name))), 0)
}
