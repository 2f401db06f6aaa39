package hg

// This file defines the cache: clones of repositories elsewhere.

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/lockfile"
)

// remote returns the tree of a revision of a repository elsewhere.
func (j *job) remote(ctx context.Context) (*fetch.Tree, error) {
	parent, err := j.scheme.clones.Path(j.env)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(j.url))
	dir := filepath.Join(parent, hex.EncodeToString(sum[:20]))
	unlock, err := lockfile.Lock(ctx, dir+".lock")
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := j.update(ctx, dir); err != nil {
		return nil, err
	}
	return j.revision(ctx, dir)
}

// update makes the clone at dir one that has what the reference names.
func (j *job) update(ctx context.Context, dir string) error {
	stamp := dir + ".pulled"
	_, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		if err := j.clone(ctx, dir); err != nil {
			return err
		}
		return j.touch(stamp)
	}
	if err != nil {
		return err
	}
	ref, _ := j.attrs["ref"].(string)
	fresh := j.rev != ""
	if !fresh {
		info, err := os.Stat(stamp)
		fresh = err == nil && j.env.Now().Before(info.ModTime().Add(j.env.TTL))
	}
	if fresh && j.knows(ctx, dir, cmp.Or(j.rev, ref)) {
		return nil
	}
	err = j.pull(ctx, dir)
	switch {
	case err == nil:
		return j.touch(stamp)
	case j.rev != "" || ctx.Err() != nil || !j.knows(ctx, dir, ref):
		return err
	}
	j.env.Warn("%v", err)
	j.env.Warn("could not update local clone of Mercurial repository '%s'; continuing with the most recent version", j.url)
	return nil
}

// knows reports whether the clone at dir has a revision.
func (j *job) knows(ctx context.Context, dir, revision string) bool {
	_, err := j.hg(ctx, "log", "-R", dir, "-r", revision, "--template", "1")
	return err == nil
}

// clone makes the clone at once: another process sees all of it or nothing.
func (j *job) clone(ctx context.Context, dir string) error {
	temp, err := os.MkdirTemp(filepath.Dir(dir), "new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	made := filepath.Join(temp, "repo")
	if _, err := j.hg(ctx, "clone", "--noupdate", "--", j.url, made); err != nil {
		return err
	}
	return os.Rename(made, dir)
}

// pull gets what is new. If a pull was interrupted before, what it left is taken back first.
func (j *job) pull(ctx context.Context, dir string) error {
	_, err := j.hg(ctx, "pull", "-R", dir, "--", j.url)
	if err == nil || ctx.Err() != nil {
		return err
	}
	// hg asks for it only if there is this file.
	if _, missing := os.Lstat(filepath.Join(dir, ".hg", "store", "journal")); missing != nil {
		return err
	}
	if _, err := j.hg(ctx, "recover", "-R", dir); err != nil {
		return err
	}
	_, err = j.hg(ctx, "pull", "-R", dir, "--", j.url)
	return err
}

// touch remembers that all branches were pulled now.
func (j *job) touch(stamp string) error {
	if err := os.WriteFile(stamp, nil, 0o666); err != nil {
		return err
	}
	now := j.env.Now()
	return os.Chtimes(stamp, now, now)
}
