package nar

// This file defines hashes of trees as git computes them.

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// HashGit returns the object id that git computes of the file or tree at path: of a blob, or
// of a tree whose entries are ordered as if the names of directories ended in a slash.
func HashGit(algo nixhash.Algo, fs FS, path string) (nixhash.Hash, error) {
	h, _, err := hashGit(algo, fs, path, 0)
	return h, err
}

// hashGit returns the object id of what is at path, and its mode in a tree.
func hashGit(algo nixhash.Algo, fs FS, path string, depth int) (h nixhash.Hash, mode string, err error) {
	if depth >= maxDepth {
		return h, "", errorf("path '%s' exceeds maximum NAR directory depth of %d", path, maxDepth)
	}
	info, err := fs.Lstat(path)
	if err != nil {
		return h, "", err
	}
	object := nixhash.NewHasher(algo)
	switch info.Kind {
	case Regular:
		mode = "100644"
		if info.Executable {
			mode = "100755"
		}
		fmt.Fprintf(object, "blob %d\x00", info.Size)
		err = copyExactly(object, fs, path, info.Size)
	case Symlink:
		mode = "120000"
		var target string
		target, err = fs.ReadLink(path)
		fmt.Fprintf(object, "blob %d\x00%s", len(target), target)
	case Directory:
		mode = "40000"
		var entries []byte
		entries, err = gitTree(algo, fs, path, depth)
		fmt.Fprintf(object, "tree %d\x00%s", len(entries), entries)
	default:
		err = errorf("file '%s' has an unsupported type", path)
	}
	return object.Result(), mode, err
}

// copyExactly writes the contents of a file, which must have that size.
func copyExactly(w io.Writer, fs FS, path string, size int64) error {
	f, err := fs.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if n, err := io.Copy(w, f); err != nil {
		return err
	} else if n != size {
		return errorf("file '%s' changed while it was read", path)
	}
	return nil
}

// gitTree returns the entries of the tree object of a directory.
func gitTree(algo nixhash.Algo, fs FS, path string, depth int) ([]byte, error) {
	names, err := fs.ReadDir(path)
	if err != nil {
		return nil, err
	}
	type entry struct{ key, text string }
	entries := make([]entry, len(names))
	for i, name := range names {
		h, mode, err := hashGit(algo, fs, strings.TrimSuffix(path, "/")+"/"+name, depth+1)
		if err != nil {
			return nil, err
		}
		e := entry{name, mode + " " + name + "\x00" + string(h.Bytes())}
		if mode == "40000" {
			e.key += "/"
		}
		entries[i] = e
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	var out []byte
	for _, e := range entries {
		out = append(out, e.text...)
	}
	return out, nil
}
