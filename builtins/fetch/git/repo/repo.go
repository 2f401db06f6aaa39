package repo

// This file defines Repository, and how it is found.

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch/git/odb"
)

// A Repository is a repository that is open. Several goroutines may use it at once.
type Repository struct {
	Dir      string // with HEAD and the index: .git, or that of a linked working tree
	Common   string // with objects, references and configuration; Dir unless the working tree is linked
	WorkTree string // "" for a bare repository
	Format   odb.Format
	Config   *Config

	objects *odb.Database
}

// ErrNotRepository is the error of a place where there is no repository.
var ErrNotRepository = errors.New("not a Git repository")

// Open opens the repository at a path: the folder of a working tree, whose .git is a folder, or a file
// that says where the repository is, as in linked working trees and submodules; or a repository itself.
// Folders further up are not looked at. The caller must close the repository.
func Open(path string) (*Repository, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	dir, workTree, err := locate(path)
	if err != nil {
		return nil, err
	}
	r := &Repository{Dir: dir, Common: dir, WorkTree: workTree}
	if text, err := readLine(filepath.Join(dir, "commondir")); err == nil {
		r.Common = join(dir, text)
	}
	if r.Config, err = readConfig(filepath.Join(r.Common, "config")); err != nil {
		return nil, err
	}
	if err := r.checkFormat(); err != nil {
		return nil, fmt.Errorf("repository '%s': %w", path, err)
	}
	if workTree == "" && !r.Config.Bool("core", "bare", true) && filepath.Base(dir) == ".git" {
		r.WorkTree = filepath.Dir(dir)
	}
	if tree, ok := r.Config.Get("core", "", "worktree"); ok && r.Common == r.Dir {
		r.WorkTree = join(dir, tree)
	}
	if r.objects, err = odb.Open(filepath.Join(r.Common, "objects"), r.Format); err != nil {
		return nil, err
	}
	return r, nil
}

// Close gives the files back. The repository must not be in use.
func (r *Repository) Close() error { return r.objects.Close() }

// Objects returns the objects of the repository.
func (r *Repository) Objects() *odb.Database { return r.objects }

// locate returns the folder of the repository at a path, and its working tree if path is that.
func locate(path string) (dir, workTree string, err error) {
	git := filepath.Join(path, ".git")
	info, err := os.Stat(git)
	switch {
	case err == nil && info.IsDir():
		if isRepository(git) {
			return git, path, nil
		}
	case err == nil && info.Mode().IsRegular():
		text, err := readLine(git)
		if err != nil {
			return "", "", err
		}
		target, ok := strings.CutPrefix(text, "gitdir:")
		if !ok {
			return "", "", fmt.Errorf("'%s' does not say where the repository is", git)
		}
		if dir = join(path, strings.TrimSpace(target)); !isRepository(dir) {
			return "", "", fmt.Errorf("'%s', which '%s' names, is %w", dir, git, ErrNotRepository)
		}
		return dir, path, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", "", err
	}
	if isRepository(path) {
		return path, "", nil
	}
	return "", "", fmt.Errorf("'%s' is %w", path, ErrNotRepository)
}

// isRepository reports whether dir looks like a repository: it has HEAD, objects and references, or is
// that of a linked working tree.
func isRepository(dir string) bool {
	if _, err := os.Lstat(filepath.Join(dir, "HEAD")); err != nil {
		return false
	}
	common := dir
	if text, err := readLine(filepath.Join(dir, "commondir")); err == nil {
		common = join(dir, text)
	}
	for _, name := range []string{"objects", "refs"} {
		if info, err := os.Stat(filepath.Join(common, name)); err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// Discover returns the working tree, or the bare repository, that a path lies in: the nearest folder
// that is one, path itself first. It returns "" if there is none.
func Discover(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	for {
		_, _, err := locate(path)
		switch {
		case err == nil:
			return path, nil
		case !errors.Is(err, ErrNotRepository):
			return "", err
		}
		up := filepath.Dir(path)
		if up == path {
			return "", nil
		}
		path = up
	}
}

// join returns path as seen from dir.
func join(dir, path string) string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(dir, path)
}

// readLine returns the first line of a small file.
func readLine(name string) (string, error) {
	const most = 1 << 16 // bytes
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most))
	line, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSuffix(line, "\r"), err
}

// checkFormat sets the format of the repository, and returns an error for one that cannot be read.
func (r *Repository) checkFormat() error {
	r.Format = odb.SHA1
	text, _ := r.Config.Get("core", "", "repositoryformatversion")
	version := 0
	if text != "" {
		var err error
		if version, err = strconv.Atoi(text); err != nil || version < 0 || version > 1 {
			return fmt.Errorf("version '%s' of repositories is not known", text)
		}
	}
	for _, v := range r.Config.vars {
		if v.section != "extensions" || v.subsection != "" {
			continue
		}
		// Version 0 has no extensions, and ignores those that later versions made up.
		switch v.name {
		case "objectformat":
			format, ok := odb.ParseFormat(v.value)
			if !ok {
				return fmt.Errorf("unknown object format '%s'", v.value)
			}
			if version > 0 {
				r.Format = format
			}
		case "refstorage":
			if version > 0 && v.value != "files" {
				return fmt.Errorf("its references are stored as '%s', which is not supported; 'git refs migrate --ref-format=files' changes that", v.value)
			}
		case "noop", "noop-v1", "partialclone", "preciousobjects", "worktreeconfig", "relativeworktrees", "compatobjectformat":
		default:
			if version > 0 {
				return fmt.Errorf("the extension '%s' is not known", v.name)
			}
		}
	}
	return nil
}

// IsShallow reports whether the history of the repository was cut off.
func (r *Repository) IsShallow() (bool, error) {
	cut, err := r.shallow()
	return len(cut) > 0, err
}

// shallow returns the commits whose parents are not there, because the history was cut off.
func (r *Repository) shallow() (map[odb.ID]bool, error) {
	f, err := os.Open(filepath.Join(r.Common, "shallow"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	cut := map[odb.ID]bool{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		id, err := odb.ParseID(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("'%s': %w", f.Name(), err)
		}
		cut[id] = true
	}
	return cut, lines.Err()
}
