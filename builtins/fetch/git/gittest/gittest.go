// Package gittest makes Git repositories for tests, with the git program. Configuration of the machine
// and of its user does not matter, and names and times are always the same, so that equal steps give
// equal commits.
package gittest

// This file defines repositories of tests.

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A Repo is a repository of a test.
type Repo struct {
	Dir string // the working tree, or the repository itself if it is bare
	t   testing.TB
	now int // time of the next commit, in seconds since 1970
}

// New makes a repository in a folder of the test; args go to git init. Tests are skipped where there
// is no git program.
func New(t testing.TB, args ...string) *Repo {
	t.Helper()
	return At(t, filepath.Join(t.TempDir(), "repo"), args...)
}

// At makes a repository at dir; args go to git init.
func At(t testing.TB, dir string, args ...string) *Repo {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git program")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	r := Existing(t, dir)
	r.Git(append([]string{"init", "-q", "-b", "main"}, args...)...)
	return r
}

// Existing returns the repository at dir, which is there already.
func Existing(t testing.TB, dir string) *Repo {
	return &Repo{Dir: dir, t: t, now: 1_700_000_000}
}

// Git runs git in the repository, and returns its output without the last newline.
func (r *Repo) Git(args ...string) string {
	r.t.Helper()
	return r.GitIn("", args...)
}

// GitIn runs git with input, and returns its output without the last newline.
func (r *Repo) GitIn(input string, args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = r.Dir
	cmd.Stdin = strings.NewReader(input)
	when := fmt.Sprintf("%d +0100", r.now)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_TERMINAL_PROMPT=0",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_AUTHOR_DATE="+when,
		"GIT_COMMITTER_NAME=C", "GIT_COMMITTER_EMAIL=c@example.org", "GIT_COMMITTER_DATE="+when,
		"GIT_CONFIG_COUNT=2", "GIT_CONFIG_KEY_0=protocol.file.allow", "GIT_CONFIG_VALUE_0=always",
		"GIT_CONFIG_KEY_1=gc.auto", "GIT_CONFIG_VALUE_1=0", "LC_ALL=C")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		r.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return strings.TrimSuffix(string(out), "\n")
}

// Path returns the path of a file in the working tree.
func (r *Repo) Path(name string) string { return filepath.Join(r.Dir, filepath.FromSlash(name)) }

// Write writes a file, with the folders on the way.
func (r *Repo) Write(name, text string) {
	r.t.Helper()
	path := r.Path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// Link makes a symbolic link.
func (r *Repo) Link(name, target string) {
	r.t.Helper()
	path := r.Path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.Symlink(target, path); err != nil {
		r.t.Skip(err)
	}
}

// Executable makes a file executable.
func (r *Repo) Executable(name string) {
	r.t.Helper()
	if err := os.Chmod(r.Path(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
}

// Remove removes a file.
func (r *Repo) Remove(name string) {
	r.t.Helper()
	if err := os.RemoveAll(r.Path(name)); err != nil {
		r.t.Fatal(err)
	}
}

// Commit commits everything in the working tree, a day after the commit before, and returns the name
// of the commit.
func (r *Repo) Commit(message string) string {
	r.t.Helper()
	r.now += 24 * 60 * 60
	r.Git("add", "-A")
	r.Git("commit", "-q", "--allow-empty", "-m", message)
	return r.Git("rev-parse", "HEAD")
}

// names are parts of file names that need care somewhere: in the order of trees, in quotes, in globs.
var names = []string{
	"a", "b", "A", "a.b", "a-b", "a0", "a b", "lib", "lib.nix", "é", "日本", "-x", "~", "[x]", "x*", `q"q`, "tab\tx", "new\nline", ".hidden", "z",
}

// Fill writes n random files into the working tree: some in folders, some of them executable, links,
// empty or large. Equal seeds give equal files.
func (r *Repo) Fill(seed uint64, n int) {
	r.t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 17))
	for range n {
		name := names[rnd.IntN(len(names))]
		for range rnd.IntN(4) {
			name = "d" + names[rnd.IntN(len(names))] + "/" + name
		}
		if _, err := os.Lstat(r.Path(name)); err == nil {
			continue
		}
		switch rnd.IntN(10) {
		case 0:
			r.Link(name, "../"+names[rnd.IntN(len(names))])
		case 1:
			r.Write(name, "")
		case 2:
			r.Write(name, text(rnd, 100_000))
		case 3:
			r.Write(name, text(rnd, 100))
			r.Executable(name)
		default:
			r.Write(name, text(rnd, 2000))
		}
	}
}

// text returns at most n bytes, of which most compress well.
func text(rnd *rand.Rand, n int) string {
	var b strings.Builder
	for n = rnd.IntN(n + 1); b.Len() < n; {
		fmt.Fprintf(&b, "line %d is %x\n", b.Len(), rnd.Uint32()>>uint(rnd.IntN(32)))
	}
	return b.String()
}

// Touch changes some of the files that Fill wrote, by adding a line.
func (r *Repo) Touch(seed uint64) {
	r.t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 18))
	for _, name := range strings.Split(r.Git("ls-files", "-z"), "\x00") {
		info, err := os.Lstat(r.Path(name))
		if name == "" || err != nil || !info.Mode().IsRegular() || rnd.IntN(4) != 0 {
			continue
		}
		f, err := os.OpenFile(r.Path(name), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			r.t.Fatal(err)
		}
		fmt.Fprintf(f, "changed %d\n", seed)
		if err := f.Close(); err != nil {
			r.t.Fatal(err)
		}
	}
}
