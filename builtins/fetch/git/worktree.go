package git

// This file defines working trees.

import (
	"context"
	"crypto/sha512"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/git/odb"
	"github.com/firn-lang/firn/builtins/fetch/git/repo"
	"github.com/firn-lang/firn/builtins/fetch/git/tree"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/eval/world"
)

// fromWorkTree returns the tracked files of a working tree as they are on disk. If it is clean, they come from
// the commit, unless Git converts some when it writes them to the disk.
func (j *job) fromWorkTree(ctx context.Context) (*fetch.Tree, error) {
	r, err := j.scheme.open(j.path)
	if err != nil {
		return nil, err
	}
	status, err := r.Status(ctx, j.memo())
	if err != nil {
		return nil, err
	}
	var mounts map[string]world.Host
	dirty := status.Dirty()
	if j.flag("submodules") {
		var changed bool
		if mounts, changed, err = j.workSubmodules(ctx, status); err != nil {
			return nil, err
		}
		dirty = dirty || changed
	}
	if !dirty {
		return j.clean(ctx, r, status, mounts)
	}
	return j.dirty(ctx, r, status, mounts)
}

// clean returns the tree of the commit that is checked out; before the first one it has no files.
func (j *job) clean(ctx context.Context, r *repo.Repository, status *repo.Status, mounts map[string]world.Host) (*fetch.Tree, error) {
	if status.Branch != "" {
		j.attrs["ref"] = status.Branch
	}
	if status.Head.IsZero() {
		j.attrs["rev"], j.attrs["lastModified"] = strings.Repeat("0", 2*r.Format.Size()), uint64(0)
		if !j.flag("shallow") {
			j.attrs["revCount"] = uint64(0)
		}
		dir := filepath.ToSlash(j.path)
		return &fetch.Tree{Attrs: j.attrs, Files: tree.Working(j.env.Host, dir, status), Shown: dir}, nil
	}
	j.attrs["rev"] = status.Head.String()
	out, err := j.treeAt(ctx, r, status.Head, func(files *tree.Tree) world.Host {
		switch {
		case len(status.Converted) > 0: // with bytes that the commit does not have
			return tree.Mounted(j.working(status, mounts), mounts)
		case len(status.Submodules) == 0:
			return nil
		case j.flag("submodules"): // which may be at other commits than this one says
			return tree.Mounted(files, mounts)
		}
		return tree.WithoutSubmodules(files, status)
	})
	if err != nil {
		return nil, err
	}
	out.Shown = filepath.ToSlash(j.path)
	out.Files = tree.Explained(out.Files, j.env.Host, out.Shown, status)
	return out, nil
}

// dirty returns the tracked files on disk.
func (j *job) dirty(ctx context.Context, r *repo.Repository, status *repo.Status, mounts map[string]world.Host) (*fetch.Tree, error) {
	switch {
	case j.scheme.opt.RefuseDirty:
		return nil, errorf("Git tree '%s' is dirty", j.path)
	case !j.scheme.opt.QuietDirty:
		j.warn("Git tree '%s' is dirty", j.path)
	}
	if err := j.verify(ctx, nil, odb.ID{}); err != nil {
		return nil, err
	}
	j.attrs["lastModified"] = uint64(0)
	if !status.Head.IsZero() {
		commit, err := r.Commit(ctx, status.Head)
		if err != nil {
			return nil, err
		}
		j.attrs["lastModified"] = uint64(max(commit.Time, 0))
		j.attrs["dirtyRev"] = status.Head.String() + "-dirty"
		j.attrs["dirtyShortRev"] = status.Head.String()[:7] + "-dirty"
	}
	files := j.working(status, mounts)
	if j.flag("exportIgnore") {
		attributesOf, err := indexAttributes(r)
		if err != nil {
			return nil, err
		}
		files = tree.ExportIgnored(files, attributesOf)
	}
	out := &fetch.Tree{Attrs: j.attrs, Files: tree.Mounted(files, mounts), Shown: filepath.ToSlash(j.path)}
	if len(status.Submodules) == 0 {
		fingerprint, err := j.dirtyFingerprint(ctx, status)
		if err != nil {
			return nil, err
		}
		out.Fingerprint = fingerprint
	}
	return out, nil
}

// working returns the tracked files on disk, with room for what is to be mounted.
func (j *job) working(status *repo.Status, mounts map[string]world.Host) world.Host {
	if len(mounts) > 0 {
		copied := *status
		copied.Files = slices.Clone(status.Files)
		for path := range mounts {
			copied.Files = append(copied.Files, path)
		}
		slices.Sort(copied.Files)
		status = &copied
	}
	return tree.Working(j.env.Host, filepath.ToSlash(j.path), status)
}

// dirtyFingerprint returns the fingerprint of a working tree: the commit, and a hash of all that is not as
// in it. A file that cannot be read leaves the tree without one.
func (j *job) dirtyFingerprint(ctx context.Context, status *repo.Status) (string, error) {
	h := sha512.New()
	files := store.Files(ctx, j.env.Host)
	for _, name := range status.Modified {
		writeText(h, "modified:")
		writeText(h, "/"+name)
		if err := nar.Write(h, files, world.Join(filepath.ToSlash(j.path), name), nil); err != nil {
			if ctx.Err() != nil {
				return "", context.Cause(ctx)
			}
			return "", nil
		}
	}
	for _, name := range status.Deleted {
		writeText(h, "deleted:")
		writeText(h, "/"+name)
	}
	rev := strings.Repeat("0", 40)
	if !status.Head.IsZero() {
		rev = status.Head.String()
	}
	return j.fingerprint(rev) + ";d=" + hex.EncodeToString(h.Sum(nil)), nil
}

// writeText writes a text as archives have it: its length, the text, and zeros up to a multiple of 8 bytes.
func writeText(w io.Writer, s string) {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(s)))
	b = append(b, s...)
	_, _ = w.Write(append(b, make([]byte, -len(s)&7)...))
}

// indexAttributes returns the files of attributes that are in the index.
func indexAttributes(r *repo.Repository) (func(ctx context.Context, dir string) (string, bool, error), error) {
	ix, err := r.Index()
	if err != nil {
		return nil, err
	}
	ids := map[string]odb.ID{}
	for _, e := range ix.Entries {
		if e.Stage == 0 && filepath.Base(e.Name) == ".gitattributes" && e.Mode != odb.ModeLink {
			ids[strings.TrimSuffix(strings.TrimSuffix(e.Name, ".gitattributes"), "/")] = e.ID
		}
	}
	return func(ctx context.Context, dir string) (string, bool, error) {
		id, ok := ids[dir]
		if !ok {
			return "", false, nil
		}
		_, data, err := r.Objects().Read(ctx, id, odb.MaxText)
		if errors.Is(err, odb.ErrNotFound) { // only the name is in the index so far
			return "", false, nil
		}
		return string(data), err == nil, err
	}, nil
}
