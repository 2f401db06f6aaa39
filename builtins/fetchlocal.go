package builtins

// This file defines how files of this machine are fetched: file: URLs and paths.
//
// "This machine" is the world of the evaluation, so a restricted or recorded world sees
// every read. Files and archives are held in memory while they are copied to the store, and
// are charged to the budget of the call.
//
// Messages about files that are not archives are those of curl, which the reference also
// reads file: URLs with: 3 and 37 are its error codes.

import (
	"archive/tar"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// localFile returns the path of the file that a URL means, links followed, or "" if the URL
// means no file of this machine. A path that is not absolute is returned as it is, for
// readLocal to reject in the words that fit.
func localFile(c *core.Call, url string) (string, error) {
	u, err := flakeref.ParseURL(url, false, c.Warn)
	if err != nil || u.Scheme != "file" {
		return "", err
	}
	file, err := u.FilePath()
	if err != nil {
		return "", err
	}
	if !strings.HasPrefix(file, "/") {
		return file, nil
	}
	return resolveSymlinks(c, path.Clean("/"+file), false)
}

// readLocal returns the bytes of file, which is what localFile returned for url. isArchive
// decides the words of errors: those of the reader of archives, or those of curl. The error
// of a restricted world passes as it is.
func readLocal(c *core.Call, url, file string, isArchive bool) ([]byte, error) {
	if !strings.HasPrefix(file, "/") {
		if isArchive {
			return nil, c.Errorf(core.CodeInvalidArgument,
				"tarball '%s' must use an absolute path. The 'file' scheme does not support relative paths.", url)
		}
		return nil, c.Errorf(core.CodeFile, "unable to download '%s': URL using bad/illegal format or missing URL (3) %s", url,
			"URL rejected: Port number was not a decimal number between 0 and 65535")
	}
	data, err := c.Host().ReadFile(file)
	var forbidden *world.ForbiddenError
	switch {
	case errors.As(err, &forbidden):
		return nil, forbidden
	case errors.Is(err, fs.ErrNotExist) && isArchive:
		return nil, c.Errorf(core.CodeMissingFile, "tarball %q does not exist.", file)
	case errors.Is(err, fs.ErrNotExist):
		return nil, c.Errorf(core.CodeMissingFile, "unable to download '%s': Could not read a file:// file (37) Could not open file %s", url, file)
	case err != nil:
		return nil, c.Errorf(core.CodeFile, "unable to download '%s': %s", url, store.PathError(err, file))
	}
	return data, nil
}

// local fetches file, which url means, to the store: the file itself if method is Flat, or
// else what is in the archive that it is. expected is nil or the hash that is compared with
// that of the bytes or of the unpacked tree.
//
// The comparison comes last, as in the reference: what has another hash stays in the store
// (eval-fail-fetchurl-mismatch-memory-store in corpus/builtins has the message).
func (f fetchers) local(c *core.Call, url, file, name string, method storepath.Method, expected *nixhash.Hash) (heap.Value, error) {
	// A plain file is read here for the words of its errors; Copy reads it again.
	data, err := readLocal(c, url, file, method != storepath.Flat)
	var out string
	var hash nixhash.Hash
	switch {
	case method == storepath.Flat && err != nil:
		return 0, err
	case method == storepath.Flat:
		out, hash, err = f.st.Copy(c.Ctx(), c, file, name, store.Import{Method: method})
	default:
		var tree *memory.Tree
		if err == nil {
			tree, _, err = unpack(c, url, data)
		}
		if err != nil {
			return 0, c.Frame(err, "while fetching the input '%s'", url)
		}
		out, hash, err = f.st.AddTree(c.Ctx(), c, tree, name)
	}
	if err != nil {
		return 0, err
	}
	if expected != nil && hash != *expected {
		return 0, c.Errorf(core.CodeHashMismatch, "hash mismatch in file downloaded from '%s':\n  specified: %s\n  got:       %s",
			url, expected.Prefixed(nixhash.Nix32), hash.Prefixed(nixhash.Nix32))
	}
	return c.NewString(out, c.Context(core.ContextElem{Kind: core.ContextPath, Path: out}))
}

// unpack returns the files of an archive, and the time of its latest entry. An error of the
// archive says which URL could not be unpacked; limits and interruptions pass as they are.
func unpack(c *core.Call, url string, data []byte) (*memory.Tree, time.Time, error) {
	tree, latest, err := untar(c, data)
	if err != nil {
		var e *core.Error
		if !errors.As(err, &e) {
			err = c.Errorf(core.CodeFile, "cannot unpack '%s': %s", url, err)
		}
		return nil, latest, err
	}
	return tree, latest, nil
}

// untar reads an archive, which may be compressed, into memory. The bytes of its files are
// charged before they are read: an archive of a few bytes may unpack to gigabytes.
//
// The compression is told by the first bytes: gzip, bzip2, or else none; xz and zstd are
// errors of the archive so far. A tree that is one directory is that directory. A hard link
// must come after its file, of which it becomes a copy. Devices and pipes are refused.
func untar(c *core.Call, data []byte) (*memory.Tree, time.Time, error) {
	var r io.Reader = budget.Reader(c, bytes.NewReader(data))
	switch {
	case bytes.HasPrefix(data, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, time.Time{}, err
		}
		r = z
	case bytes.HasPrefix(data, []byte("BZh")):
		r = bzip2.NewReader(r)
	}
	tree, latest, total := memory.NewTree(), time.Time{}, uint64(0)
	archive := tar.NewReader(budget.Reader(c, r))
	for {
		entry, err := archive.Next()
		if err == io.EOF {
			return tree.Only(), latest, nil
		}
		if err == nil {
			err = c.Tick(8)
		}
		if err == nil && max(len(entry.Name), len(entry.Linkname)) > maxPath {
			err = errors.New("a file name in it is too long")
		}
		if err != nil {
			return nil, latest, err
		}
		if entry.ModTime.After(latest) {
			latest = entry.ModTime
		}
		file := memory.File{Type: world.Regular}
		switch entry.Typeflag {
		case tar.TypeReg:
			total += uint64(entry.Size)
			// CheckSize takes words of 8 bytes.
			if err := c.CheckSize(total / 8); err != nil {
				return nil, latest, err
			}
			if err := c.Charge(int(entry.Size)); err != nil {
				return nil, latest, err
			}
			file.Executable = entry.Mode&0o100 != 0 // of the owner; no other permission is kept
			file.Contents = make([]byte, entry.Size)
			if _, err := io.ReadFull(archive, file.Contents); err != nil {
				return nil, latest, err
			}
		case tar.TypeDir:
			file.Type = world.Directory
		case tar.TypeSymlink:
			file.Type, file.Target = world.Symlink, entry.Linkname
		case tar.TypeLink:
			other := tree.File(strings.Trim(path.Clean("/"+entry.Linkname), "/"))
			if other == nil {
				return nil, latest, errors.New("a hard link to '" + entry.Linkname + "', which is not in the archive")
			}
			file = *other
		case tar.TypeXGlobalHeader: // no file; git archive writes the commit there
			continue
		default:
			return nil, latest, errors.New("file '" + entry.Name + "' has an unsupported type")
		}
		if err := tree.Add(entry.Name, file); err != nil {
			return nil, latest, err
		}
	}
}

// localTree fetches the tree of a reference of type path, file or tarball and returns the
// set that describes it. ok is false, without an error, if the tree is not on this machine.
// text is the reference as a URL, for the frame and messages.
//
// A reference of type file is hashed as a tree of that one file. narHash is compared if it
// is given, and set to the hash that was found. lastModified, in seconds since 1970, is
// believed if it is given; otherwise it is the time of the latest change of a path or of the
// latest entry of an archive, and absent for a file: eval-okay-fetchTree-memory-store in
// corpus/builtins.
func (f fetchers) localTree(c *core.Call, ref *flakeref.Ref, text string) (v heap.Value, ok bool, err error) {
	var out string
	var hash nixhash.Hash
	attrs := ref.All()
	url, _ := attrs["url"].(string)
	name, _ := attrs["name"].(string)
	if name == "" {
		name = "source"
	}
	switch ref.Type() {
	case "path":
		out, hash, err = f.pathTree(c, attrs, text)
	case "file", "tarball":
		var file string
		if file, err = localFile(c, url); err == nil && file == "" {
			return 0, false, nil
		}
		var data []byte
		if err == nil {
			data, err = readLocal(c, url, file, ref.Type() == "tarball")
		}
		if err != nil {
			break
		}
		if ref.Type() == "file" {
			out, hash, err = f.st.Copy(c.Ctx(), c, file, name, store.Import{Method: storepath.NAR})
			break
		}
		var tree *memory.Tree
		var latest time.Time
		if tree, latest, err = unpack(c, url, data); err != nil {
			break
		}
		if _, given := attrs["lastModified"]; !given {
			attrs["lastModified"] = uint64(max(latest.Unix(), 0))
		}
		out, hash, err = f.st.AddTree(c.Ctx(), c, tree, name)
	default:
		return 0, false, nil
	}
	if err == nil {
		var want nixhash.Hash
		var given bool
		if want, given, err = ref.Attrs.NarHash(); err == nil && given && want != hash {
			err = c.Errorf(core.CodeHashMismatch, "NAR hash mismatch in input '%s', expected '%s' but got '%s'", text, want, hash)
		}
	}
	if err != nil {
		return 0, true, c.Frame(err, "while fetching the input '%s'", text)
	}
	attrs["narHash"] = hash.String()
	v, err = f.treeValue(c, out, attrs)
	return v, true, err
}

// pathTree copies the path of a reference of type path to the store, and returns the store
// path and the hash of the tree, and sets lastModified in attrs unless that is given. The
// name in the store is always "source". A path that is not absolute is an error, since
// attributes have no position that the path could be relative to.
func (f fetchers) pathTree(c *core.Call, attrs flakeref.Attrs, text string) (string, nixhash.Hash, error) {
	file := attrs["path"].(string)
	if !strings.HasPrefix(file, "/") {
		return "", nixhash.Hash{}, c.Errorf(core.CodeInvalidArgument, "cannot fetch input '%s' because it uses a relative path", text)
	}
	file = path.Clean(file)
	latest, err := lastChange(c, file)
	if err != nil {
		return "", nixhash.Hash{}, err
	}
	if _, given := attrs["lastModified"]; !given {
		attrs["lastModified"] = uint64(max(latest.Unix(), 0))
	}
	return f.st.Copy(c.Ctx(), c, file, "source", store.Import{Method: storepath.NAR})
}

// lastChange returns the time of the latest change in the tree at file: of file itself and,
// for a directory, of all below it. Links count themselves and are not followed.
func lastChange(c *core.Call, file string) (time.Time, error) {
	if err := c.Tick(4); err != nil {
		return time.Time{}, err
	}
	if err := checkPath(c, file); err != nil {
		return time.Time{}, err
	}
	info, err := c.Host().Lstat(file)
	if err != nil {
		// Quirk: the reference shows the path with two slashes:
		// eval-fail-fetchTree-missing-memory-store in corpus/builtins.
		err = store.PathError(err, "/"+file)
		return time.Time{}, err
	}
	latest := info.ModTime
	if info.Type != world.Directory {
		return latest, nil
	}
	entries, err := c.Host().ReadDir(file)
	if err != nil {
		return latest, store.PathError(err, file)
	}
	for _, e := range entries {
		t, err := lastChange(c, strings.TrimSuffix(file, "/")+"/"+e.Name)
		if err != nil {
			return latest, err
		}
		if t.After(latest) {
			latest = t
		}
	}
	return latest, nil
}

// treeValue returns the set that describes a tree that was fetched: outPath, with the store
// path out as its context, narHash, and what attrs knows of rev, revCount and lastModified.
// shortRev is the first 7 digits of rev; lastModifiedDate is lastModified as
// YYYYMMDDhhmmss in UTC. The other attributes of the reference are not in the set.
func (f fetchers) treeValue(c *core.Call, out string, attrs flakeref.Attrs) (heap.Value, error) {
	h := c.Heap()
	outPath, err := c.NewString(out, c.Context(core.ContextElem{Kind: core.ContextPath, Path: out}))
	if err != nil {
		return 0, err
	}
	entries := []heap.Entry{{Name: c.Intern("outPath"), Value: heap.Lazy(outPath)}}
	text := func(name, s string) {
		entries = append(entries, heap.Entry{Name: c.Intern(name), Value: heap.Lazy(h.NewString(s, 0))})
	}
	number := func(name string, n uint64) {
		entries = append(entries, heap.Entry{Name: c.Intern(name), Value: heap.Lazy(h.NewInt(int64(n)))})
	}
	text("narHash", attrs["narHash"].(string))
	if rev, ok := attrs["rev"].(string); ok {
		hash, err := nixhash.Parse(rev, nixhash.SHA1)
		if err != nil {
			return 0, err
		}
		rev = hash.Text(nixhash.Base16)
		text("rev", rev)
		text("shortRev", rev[:7])
	}
	if n, ok := attrs["revCount"].(uint64); ok {
		number("revCount", n)
	}
	if n, ok := attrs["lastModified"].(uint64); ok {
		number("lastModified", n)
		text("lastModifiedDate", time.Unix(int64(n), 0).UTC().Format("20060102150405"))
	}
	slices.SortFunc(entries, func(a, b heap.Entry) int { return int(a.Name) - int(b.Name) })
	return h.AttrsOf(entries), nil
}
