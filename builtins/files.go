package builtins

// This file defines the builtins that look at files, and getEnv. Those that put files into
// the store stand in storefiles.go.
//
// A path as an argument is anything that coerces to one: a path, a string that begins with
// a slash, a set with outPath. Its context is realised before the world is asked: each
// store path in it must be valid, and an output of a derivation built. Links are
// followed by the evaluator and not by the system, so that a restricted world is asked
// about every path on the way.
//
// Errors of the world come as store.PathError words them, after the reference.

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
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

// files are the builtins that look at files, with the store that they look into.
type files struct{ st *store.View }

// maxPath is the length of the longest path of a file, in bytes. Systems allow less (Linux
// 4,096), but a world need not be a system's.
const maxPath = 1 << 16

// checkPath returns an error for a path at which there cannot be a file. A program can make
// a path of megabytes with little work; each part of it would cost a look at the world.
func checkPath(c *core.Call, path string) error {
	if len(path) <= maxPath {
		return nil
	}
	return c.Errorf(core.CodeFile, "getting status of \"%s…\": File name too long", path[:maxPath])
}

// realise forces l, coerces it to a path, and realises its context. Links are not followed.
// The path is the heap's own text: the caller must clone it for an error or to keep it.
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

// resolved is realise, and follows symbolic links: all of them, or with keepLast all but
// one at the end.
//
// Quirk: an error of following links has the frame of a context that could not be realised,
// since the reference does both in one step.
func (f files) resolved(c *core.Call, l heap.Lazy, keepLast bool) (string, error) {
	path, err := f.realise(c, l)
	if err != nil {
		return "", err
	}
	out, err := resolveSymlinks(c, path, keepLast)
	if err != nil {
		return "", c.Frame(err, "while realising the context of path '%s'", strings.Clone(path))
	}
	return out, nil
}

// realiseContext makes sure that what ctx refers to is in the store, and builds outputs
// that are not, if the store has a builder.
//
// All elements are checked before anything is built. A store path that is not valid, the
// file of a derivation included, is an *store.InvalidPathError, which callers put into
// their own words: eval-fail-readFile-output in corpus/builtins, where the store is
// read-only and so the file was never written. An option forbids outputs that would have to be
// built, and, as in the reference, those that are there as well.
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
		if c.Evaluator().Options().NoImportFromDerivation {
			return c.Errorf(core.CodeNotSupported, "cannot build '%s^%s' during evaluation because the option 'allow-import-from-derivation' is disabled", e.Path, e.Output)
		}
		if c.Evaluator().Options().TraceImportFromDerivation {
			c.Warn("built '%s^%s' during evaluation due to an import from derivation", e.Path, e.Output)
		}
		// An output that is there needs no builder, however it came into the store.
		output := ""
		if d, err := f.st.Derivation(c.Ctx(), c, e.Path); err == nil {
			if o := d.Output(e.Output); o != nil {
				output = o.Path
			}
		}
		if output == "" || !f.st.Valid(c.Ctx(), output) {
			if err := c.Effect(); err != nil {
				return err
			}
			builder := f.st.Store().Builder()
			if builder == nil {
				return c.Errorf(core.CodeNotSupported, "cannot build '%s^%s' during evaluation: the store of this evaluation builds nothing", e.Path, e.Output)
			}
			if err := builder.Build(c.Ctx(), e.Path, []string{e.Output}); err != nil {
				return err
			}
		}
		if output == "" {
			continue
		}
		// From now on the evaluation may see it, however little it sees otherwise.
		if err := f.st.Store().AddTempRoot(c.Ctx(), output); err != nil {
			return err
		}
	}
	return nil
}

// resolveSymlinks returns file without symbolic links; with keepLast, the last part may be
// one. A part that does not exist is no link and no error, so the caller finds out what is
// missing, and names it.
func resolveSymlinks(c *core.Call, file string, keepLast bool) (string, error) {
	out, err := c.ResolveLinks(file, keepLast)
	if e, ok := err.(*world.LinkError); ok {
		return "", store.PathError(e.Err, c.Shown(e.Path))
	}
	return out, err
}

// readFile is builtins.readFile: the bytes of a file, whatever their encoding, but no NUL,
// which no string of Nix can hold (eval-fail-readFile-nul in corpus/builtins). The string
// has a context only for a file in the store: see references.
func (f files) readFile(c *core.Call) (heap.Value, error) {
	file, err := f.resolved(c, c.Arg(0).Lazy(), false)
	if err != nil {
		return 0, err
	}
	data, err := c.Host().ReadFile(file)
	if err != nil {
		return 0, store.PathError(err, c.Shown(file))
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

// references returns the context of text, which is that of a file: the store paths that the
// store object of the file refers to and whose hash parts are in text. A name is not looked
// for, since a builder may have written another one. The context is empty for a file
// outside the store, and for one whose references the store does not know; that is no
// error. The errors are limits.
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

// readDir is builtins.readDir. Names of entries become symbols, and the four types share
// one string each. A link at the end of the path is followed, one in the directory is not:
// its type is "symlink".
func (f files) readDir(c *core.Call) (heap.Value, error) {
	dir, err := f.resolved(c, c.Arg(0).Lazy(), false)
	if err != nil {
		return 0, err
	}
	list, err := c.Host().ReadDir(dir)
	if err != nil {
		return 0, store.PathError(err, c.Shown(dir))
	}
	h := c.Heap()
	if err := c.CheckSize(uint64(len(list)) + 2); err != nil {
		return 0, err
	}
	var types [4]heap.Value // by store.Kind; 0 until the first entry of that type
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

// readFileType is builtins.readFileType. A link at the end of the path is not followed: its
// type is "symlink", and where it leads need not exist.
//
// Quirk: a link on the way is an error and not followed, unlike in readDir and pathExists:
// eval-fail-symlinks-readFileType in corpus/builtins. With 2.34.8 where /bin is a link,
// builtins.readFileType "/bin/sh" fails.
func (f files) readFileType(c *core.Call) (heap.Value, error) {
	file, err := f.realise(c, c.Arg(0).Lazy())
	if err != nil {
		return 0, err
	}
	for i := 1; i < len(file); i++ {
		if file[i] == '/' {
			if info, err := c.Host().Lstat(file[:i]); err == nil && info.Type == world.Symlink {
				return 0, c.Errorf(core.CodeFile, "path '%s' is a symlink", strings.Clone(file[:i]))
			}
		}
	}
	info, err := c.Host().Lstat(file)
	if err != nil {
		return 0, store.PathError(err, c.Shown(file))
	}
	return c.NewString(string(info.Type), 0)
}

// pathExists is builtins.pathExists. A link at the end exists, wherever it leads. What is
// below a file does not exist, as what is below nothing; other errors of the world are not
// taken for an answer, and a path whose context is not valid is one of them
// (eval-fail-pathExists-context in corpus/builtins).
//
// Quirk: a string that ends in "/" or "/." has to be a directory, and then a link at the
// end is followed. The ending is that of the argument before it is coerced, so a set whose
// outPath ends in a slash may be a file, as may a path (eval-okay-pathExists).
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
		return 0, store.PathError(err, c.Shown(file))
	}
	return heap.NewBool(!isDir || info.Type == world.Directory), nil
}

// hashFile is builtins.hashFile. The algorithm is checked before the path is forced
// (eval-fail-hashFile-order in corpus/builtins), links are followed, and the result is in
// base 16, without the name of the algorithm and without context.
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
		return 0, store.PathError(err, c.Shown(file))
	}
	h, err := nixhash.SumText(c, algo, heap.Frozen(data))
	if err != nil {
		return 0, err
	}
	return c.NewString(h.Text(nixhash.Base16), 0)
}

// findFile is builtins.findFile. All entries are forced and checked, in the order of the
// list, before the name is (eval-fail-findFile-order in corpus/builtins), although the first
// one might do. Other attributes than prefix and path are not forced (eval-okay-findFile).
//
// An entry that does not exist is left out with a warning, once: the evaluator remembers
// what it looked up (eval-fail-findFile-missing-entry). The result is a path, not a string,
// and keeps nothing of a context.
func (f files) findFile(c *core.Call) (heap.Value, error) {
	h := c.Heap()
	list, err := c.Arg(0).List()
	if err != nil {
		return 0, err
	}
	const entrySize = 32 // bytes of a SearchPathEntry on Go's heap
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
		// The evaluator remembers what it found, longer than the heap keeps the texts.
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

// getEnv is builtins.getEnv: a variable of the world, "" if it is not set. The name may not
// refer to a store path (eval-fail-getEnv-context in corpus/builtins).
//
// Quirk: in pure and in restricted evaluation each variable is empty, and asking is no
// error, unlike for builtins.currentTime. Both were tried with 2.34.8.
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
