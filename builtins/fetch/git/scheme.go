package git

// This file defines Scheme, and where the repository of a reference is.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/git/odb"
	"github.com/firn-lang/firn/builtins/fetch/git/repo"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/world"
)

// Options say how a Scheme works.
type Options struct {
	// Program is the git program. Default: git, as it is found in PATH.
	Program string
	// Environ is the environment of the program. Default: that of the process.
	Environ []string
	// RefuseDirty makes a working tree that is not as it was committed an error.
	RefuseDirty bool
	// QuietDirty leaves out the warning about one.
	QuietDirty bool
	// Hashes remembers hashes of trees between runs. Default: a file in Env.CacheDir, if there is one.
	Hashes Hashes
}

// Hashes remembers the hashes of archives, by a text that names a tree. Several goroutines may use it at
// once.
type Hashes interface {
	Get(key string) (nixhash.Hash, bool)
	Put(key string, hash nixhash.Hash)
}

// A Scheme fetches references of type git. It keeps repositories open that it has read from, until it is
// closed. It reads the disk of the machine, not only what Env.Host shows: a restricted evaluation must
// be asked before. Several goroutines may use it at once.
type Scheme struct {
	opt    Options
	clones fetch.Folder

	mu     sync.Mutex
	repos  map[string]*openRepo // by path
	hashes map[string]Hashes    // by folder of the cache
}

// An openRepo is a repository that is kept open.
type openRepo struct {
	*repo.Repository
	info fs.FileInfo // of its folder
}

// New returns a Scheme. The caller must close it.
func New(opt Options) *Scheme {
	if opt.Program == "" {
		opt.Program = "git"
	}
	return &Scheme{opt: opt, clones: fetch.Folder{Name: "git"}, repos: map[string]*openRepo{}, hashes: map[string]Hashes{}}
}

// Close gives all files back. No tree that was fetched may be used any more.
func (s *Scheme) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, r := range s.repos {
		errs = append(errs, r.Close())
	}
	clear(s.repos)
	return errors.Join(append(errs, s.clones.Close())...)
}

// open opens the repository at a path, unless it is open. It stays open.
func (s *Scheme) open(path string) (*repo.Repository, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.repos[path]; r != nil {
		info, err := os.Stat(r.Dir)
		if err == nil && os.SameFile(info, r.info) {
			return r.Repository, nil
		}
		// Another one is in its place. Trees of the old one may be in use still.
		s.repos[fmt.Sprintf("%s\x00%p", path, r)] = r
		delete(s.repos, path)
	}
	r, err := repo.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errorf("Git repository %q does not exist.", path)
	}
	if err != nil {
		return nil, fmt.Errorf("opening Git repository %q: %w", path, err)
	}
	info, err := os.Stat(r.Dir)
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	s.repos[path] = &openRepo{r, info}
	return r, nil
}

// maxNested is how many submodules may be in each other.
const maxNested = 32

// A job is one fetch, of a repository or of a submodule of it.
type job struct {
	scheme *Scheme
	env    *fetch.Env
	attrs  flakeref.Attrs // of the reference; changed as more becomes known
	nested int            // how many submodules this one is in

	url  string // of a repository elsewhere; "" if it is local
	path string // of a local working tree
}

// Fetch implements fetch.Scheme.
func (s *Scheme) Fetch(ctx context.Context, in *flakeref.Ref, env *fetch.Env) (*fetch.Tree, error) {
	return s.fetch(ctx, in.Attrs, env, 0)
}

// fetch fetches the tree with those attributes.
func (s *Scheme) fetch(ctx context.Context, attrs flakeref.Attrs, env *fetch.Env, nested int) (*fetch.Tree, error) {
	j := &job{scheme: s, env: env, attrs: maps.Clone(attrs), nested: nested}
	if nested > maxNested {
		return nil, errors.New("the Git repository has too many submodules in each other")
	}
	if err := j.locate(ctx); err != nil {
		return nil, err
	}
	if j.flag("exportIgnore") && j.flag("submodules") {
		return nil, errors.New("exportIgnore and submodules are not supported together yet")
	}
	_, hasRef := j.attrs["ref"]
	_, hasRev := j.attrs["rev"]
	if hasRef || hasRev || j.path == "" {
		return j.fromCommit(ctx)
	}
	return j.fromWorkTree(ctx)
}

// errorf is fmt.Errorf for messages in the reference's words, which may begin with capitals and end with
// dots.
func errorf(format string, args ...any) error { return fmt.Errorf(format, args...) }

// flag returns a Boolean attribute, false if it is not there.
func (j *job) flag(name string) bool {
	on, _ := j.attrs[name].(bool)
	return on
}

// warn prints a warning.
func (j *job) warn(format string, args ...any) {
	if j.env.Warn != nil {
		j.env.Warn(format, args...)
	}
}

// locate finds out whether the repository is local. A bare one is not, although it is on this machine:
// it is fetched from.
func (j *job) locate(ctx context.Context) error {
	text, _ := j.attrs["url"].(string)
	u, err := flakeref.ParseURL(text, false, j.warn)
	if err != nil {
		return err
	}
	switch u.Scheme {
	case "http", "https", "ssh", "git":
		if u.Authority == nil || u.Authority.Host == "" || strings.HasPrefix(u.Authority.Host, "-") {
			return fmt.Errorf("the URL '%s' of a Git repository has no host", u)
		}
		delete(u.Query, "dir") // of references in old lock files
		j.url = u.String()
		return nil
	case "file":
	default:
		return errorf("Git repositories are not fetched by '%s': '%s'", u.Scheme, u)
	}
	path, err := u.FilePath()
	if err != nil {
		return err
	}
	if !strings.HasPrefix(path, "/") {
		j.warn("Fetching Git repository '%s', which uses a path relative to the current directory. "+
			"This is not supported and will stop working in a future release. See https://github.com/NixOS/nix/issues/12281 for details.", u)
		if path, err = filepath.Abs(path); err != nil {
			return err
		}
	}
	path = world.OSPath(filepath.ToSlash(filepath.Clean(path)))
	if err := j.mayLook(ctx, path); err != nil {
		return err
	}
	_, err = os.Stat(path)
	exists := err == nil
	_, err = os.Lstat(filepath.Join(path, ".git"))
	if force := j.env.Host.Getenv(ctx, "_NIX_FORCE_HTTP") == "1"; force || exists && errors.Is(err, fs.ErrNotExist) {
		u.Query = nil // which git would take for a part of the name
		j.url = u.String()
		return nil
	}
	j.path = path
	return nil
}

// mayLook returns an error if the evaluation must not look at a path.
func (j *job) mayLook(ctx context.Context, path string) error {
	_, err := j.env.Host.Lstat(ctx, filepath.ToSlash(path))
	if forbidden, ok := errors.AsType[*world.ForbiddenError](err); ok {
		return forbidden
	}
	return nil
}

// where returns the place of the repository as messages have it.
func (j *job) where() string {
	if j.path != "" {
		return j.path
	}
	return j.url
}

// rev returns the commit that the reference names. ok is false if it names none.
func (j *job) rev(format odb.Format) (id odb.ID, ok bool, err error) {
	text, ok := j.attrs["rev"].(string)
	if !ok {
		return odb.ID{}, false, nil
	}
	algo := nixhash.SHA1
	if len(text) == 2*odb.SHA256.Size() || format == odb.SHA256 {
		algo = nixhash.SHA256
	}
	hash, err := nixhash.Parse(text, algo)
	if err != nil {
		return odb.ID{}, false, err
	}
	if hash.Algo != nixhash.SHA1 && hash.Algo != nixhash.SHA256 {
		return odb.ID{}, false, errorf("Hash '%s' is not supported by Git. Supported types are sha1 and sha256.", hash.Prefixed(nixhash.Base16))
	}
	return odb.MakeID(hash.Bytes()), true, nil
}
