package hg

// This file defines Scheme.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/program"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/world"
)

// Options say how a Scheme works.
type Options struct {
	// Program is the Mercurial program. Default: hg, as it is found in PATH.
	Program string
	// Environ is the environment of the program. Default: that of the process.
	Environ []string
	// RefuseDirty makes an unclean working tree an error.
	RefuseDirty bool
	// QuietDirty leaves out the warning about one.
	QuietDirty bool
}

// A Scheme fetches references of type hg. It reads the disk of the machine, not only what Env.Host
// shows: a restricted evaluation must be asked before. Several goroutines may use it at once.
type Scheme struct {
	opt    Options
	clones fetch.Folder
}

// New returns a Scheme. The caller must close it.
func New(opt Options) *Scheme {
	if opt.Program == "" {
		opt.Program = "hg"
	}
	return &Scheme{opt: opt, clones: fetch.Folder{Name: "hg"}}
}

// Close deletes clones that do not outlast the process.
func (s *Scheme) Close() error { return s.clones.Close() }

// A job is one fetch.
type job struct {
	scheme *Scheme
	env    *fetch.Env
	attrs  flakeref.Attrs // of the reference; changed as more becomes known
	rev    string         // the revision that the reference names; "" if it names none

	url  string // of a repository elsewhere; "" if it is local
	path string // of a local repository
}

// Fetch implements fetch.Scheme.
func (s *Scheme) Fetch(ctx context.Context, in *flakeref.Ref, env *fetch.Env) (*fetch.Tree, error) {
	j := &job{scheme: s, env: env, attrs: maps.Clone(in.Attrs)}
	if err := j.parse(ctx); err != nil {
		return nil, err
	}
	_, hasRef := j.attrs["ref"]
	if j.path != "" && !hasRef && j.rev == "" {
		dirty, err := j.isDirty(ctx)
		if err != nil {
			return nil, err
		}
		if dirty {
			return j.workTree(ctx)
		}
	}
	if !hasRef {
		j.attrs["ref"] = "default"
	}
	if j.path != "" {
		return j.revision(ctx, j.path)
	}
	return j.remote(ctx)
}

// errorf is fmt.Errorf for messages in the reference's words, which may begin with capitals and end with
// dots.
func errorf(format string, args ...any) error { return fmt.Errorf(format, args...) }

// parse reads the attributes.
func (j *job) parse(ctx context.Context) error {
	if text, ok := j.attrs["rev"].(string); ok {
		hash, err := nixhash.Parse(text, nixhash.SHA1)
		if err != nil {
			return err
		}
		if hash.Algo != nixhash.SHA1 {
			return errorf("Hash '%s' is not supported by Mercurial. Only sha1 is supported.", hash.Prefixed(nixhash.Base16))
		}
		j.rev = hash.Text(nixhash.Base16)
	}
	text, _ := j.attrs["url"].(string)
	u, err := flakeref.ParseURL(text, false, j.env.Warn)
	if err != nil {
		return err
	}
	if u.Scheme != "file" {
		j.url = u.String()
		return nil
	}
	path, err := u.FilePath()
	if err != nil {
		return err
	}
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	j.path = path
	// The evaluation may not be allowed to look at it.
	_, err = j.env.Host.Lstat(ctx, world.FromOSPath(path))
	if forbidden, ok := errors.AsType[*world.ForbiddenError](err); ok {
		return forbidden
	}
	return nil
}

// isDirty reports whether a local repository has a working tree that is not as it was committed.
// Files that are not tracked do not count.
func (j *job) isDirty(ctx context.Context) (bool, error) {
	if _, err := os.Lstat(filepath.Join(j.path, ".hg")); err != nil {
		return false, nil // hg says what is wrong
	}
	out, err := j.hg(ctx, "status", "-R", j.path, "--modified", "--added", "--removed")
	return out != "", err
}

// workTree returns the tracked files of a local repository, as they are on disk.
func (j *job) workTree(ctx context.Context) (*fetch.Tree, error) {
	// Quirk: the reference quotes the path twice.
	switch {
	case j.scheme.opt.RefuseDirty:
		return nil, errorf("Mercurial tree '%q' is unclean", j.path)
	case !j.scheme.opt.QuietDirty:
		j.env.Warn("Mercurial tree '%q' is unclean", j.path)
	}
	branch, err := j.hg(ctx, "branch", "-R", j.path)
	if err != nil {
		return nil, err
	}
	j.attrs["ref"] = strings.TrimRight(branch, "\r\n")
	out, err := j.hg(ctx, "status", "-R", j.path, "--clean", "--modified", "--added", "--no-status", "--print0")
	if err != nil {
		return nil, err
	}
	files := strings.Split(strings.TrimSuffix(filepath.ToSlash(out), "\x00"), "\x00")
	slices.Sort(files)
	dir := world.FromOSPath(j.path)
	return &fetch.Tree{Attrs: j.attrs, Shown: dir, Files: world.Listed(j.env.Host, dir, files, func(ctx context.Context, name string) error {
		e := &world.HiddenError{Repository: dir, Path: name, Mercurial: true}
		if _, err := j.env.Host.Lstat(ctx, world.Join(dir, name)); err == nil {
			e.Reason = world.NotTracked
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return e
	})}, nil
}

// revision returns the tree of the revision that the reference names in the repository at dir.
func (j *job) revision(ctx context.Context, dir string) (*fetch.Tree, error) {
	ref, _ := j.attrs["ref"].(string)
	out, err := j.hg(ctx, "log", "-R", dir, "-r", cmp.Or(j.rev, ref), "--template", "{node} {rev} {branch}")
	if err != nil {
		return nil, err
	}
	node, rest, _ := strings.Cut(out, " ")
	number, branch, ok := strings.Cut(rest, " ")
	count, err := strconv.ParseUint(number, 10, 63)
	if !ok || err != nil || len(node) != 40 || j.rev != "" && node != j.rev {
		return nil, fmt.Errorf("hg log describes revision '%s' in a way that cannot be read: %q", cmp.Or(j.rev, ref), out)
	}
	tree, err := j.env.Archive(ctx, "hg "+cmp.Or(j.url, j.path)+" "+node, func(ctx context.Context) (io.ReadCloser, error) {
		return j.archive(ctx, dir, node), nil
	})
	if err != nil {
		return nil, err
	}
	j.attrs["rev"], j.attrs["ref"], j.attrs["revCount"] = node, branch, count
	return &fetch.Tree{Attrs: j.attrs, Files: tree.Files, NARHash: tree.NARHash, Fingerprint: node}, nil
}

// archive returns what hg writes as the archive of a revision: its files are in one folder.
func (j *job) archive(ctx context.Context, dir, node string) io.ReadCloser {
	r, w := io.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		// The reference deletes .hg_archival.txt, where hg describes the revision, also if it is tracked.
		w.CloseWithError(program.Run(ctx, j.command(w, "archive", "-R", dir, "-r", node, "--type", "tar", "--prefix", "tree",
			"--config", "ui.archivemeta=False", "--exclude", "path:.hg_archival.txt", "-")))
	}()
	return &pipe{r, done}
}

// A pipe reads what a program writes. Close waits for the end of the program.
type pipe struct {
	*io.PipeReader
	done chan struct{}
}

func (p *pipe) Close() error {
	err := p.PipeReader.Close()
	<-p.done
	return err
}

// hg runs hg and returns what it writes. args begin with the command.
func (j *job) hg(ctx context.Context, args ...string) (string, error) {
	return program.Output(ctx, j.command(nil, args...))
}

// command returns a run of hg. HGPLAIN makes it write the same whatever the user's settings are.
func (j *job) command(stdout io.Writer, args ...string) program.Command {
	environ := j.scheme.opt.Environ
	if environ == nil {
		environ = os.Environ()
	}
	return program.Command{
		Path: j.scheme.opt.Program, Args: append([]string{"--config", "ui.interactive=False"}, args...), Environ: append(slices.Clip(environ), "HGPLAIN="),
		Stdout: stdout, What: "Mercurial repositories", Name: "hg " + args[0],
	}
}
