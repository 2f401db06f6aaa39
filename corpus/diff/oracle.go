// Package diff compares firn with the reference implementation of Nix.
//
//	Side      a parser behind a command: the reference or firn
//	Result    what one side made of one file: a tree, or error messages
//	Verdict   how the two results for one file compare
//	Minimise  makes a program that shows a difference smaller
//
// The comparison itself is a test, which needs the reference:
//
//	FIRN_ORACLE=nix-instantiate go test ./corpus/diff -v -timeout 1h
//
// TestParse lists what else can be set.
package diff

// This file defines how the two sides are run: many files to a process, as
// starting the reference takes longer than parsing a file.

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// A Side is a command that parses the files named on its command line and
// prints one tree for each.
type Side struct {
	Name      string
	Args      []string
	Env       []string // added to the environment
	Marker    string   // path of a file from NewMarker
	Timeout   time.Duration
	KeepsOn   bool // goes on after a file with errors; if not, its process ends
	messages  func(stderr string, files []string) map[string][]Message
	processes int // how many were started
}

// markerText is a program that stands between the programs to be parsed: its
// tree shows where the output for one ends.
const markerText = `"-- end of a program --"`

// NewMarker writes the marker file to a directory.
func NewMarker(dir string) (path string, err error) {
	path = filepath.Join(dir, "marker.nix")
	return path, os.WriteFile(path, []byte(markerText+"\n"), 0o644)
}

// Reference returns the side that runs "COMMAND --parse FILE...".
func Reference(command []string, marker string) *Side {
	return &Side{
		Name:     "reference",
		Args:     append(command[:len(command):len(command)], "--parse"),
		Env:      []string{"NIX_REMOTE=dummy://"}, // parsing needs no store
		Marker:   marker,
		Timeout:  20 * time.Second,
		messages: referenceMessages,
	}
}

// Firn returns the side that runs "COMMAND parse --errors=short FILE...".
func Firn(command []string, marker string) *Side {
	return &Side{
		Name:     "firn",
		Args:     append(command[:len(command):len(command)], "parse", "--errors=short"),
		Marker:   marker,
		Timeout:  20 * time.Second,
		KeepsOn:  true,
		messages: firnMessages,
	}
}

// A Result is what one side made of one file.
type Result struct {
	Tree     string    // "" if there are errors
	Messages []Message // the errors, as reported
	Trace    string    // of the first error; "" if it is not compared
	Broken   string    // not "" if there is neither: the process crashed or took too long
}

// A Message is an error without its file.
type Message struct {
	Pos  string // LINE:COLUMN, or "" if it has none
	Text string // with all white space as single spaces
}

func (m Message) String() string { return m.Pos + ": " + m.Text }

// Parse returns the results for files, in their order.
func (s *Side) Parse(ctx context.Context, files []string) []Result {
	var results []Result
	for len(files) > 0 {
		done := s.parseSome(ctx, files)
		results = append(results, done...)
		files = files[len(done):]
	}
	return results
}

// parseSome runs one process and returns the results that it can be sure of,
// at least one. If it is sure of none, it tries with fewer files.
func (s *Side) parseSome(ctx context.Context, files []string) []Result {
	p := s.run(ctx, files)
	trees := splitTrees(p.stdout)
	messages := s.messages(p.stderr, files)
	switch {
	case len(trees) == len(files) && !p.killed:
		return results(files, trees, messages)
	case !s.KeepsOn && p.failed && len(trees) < len(files) && blames(messages, files, len(trees)):
		return results(files, append(trees, ""), messages)
	case len(files) > 1:
		return s.parseSome(ctx, files[:(len(files)+1)/2])
	}
	return []Result{{Broken: p.describe()}}
}

// blames reports that the one file with an error is the one whose tree is
// missing. It is not when a process dies before its output is written out.
func blames(messages map[string][]Message, files []string, missing int) bool {
	return len(messages[files[missing]]) > 0
}

// results joins trees and messages.
func results(files, trees []string, messages map[string][]Message) []Result {
	results := make([]Result, len(trees))
	for i, tree := range trees {
		r := Result{Tree: tree, Messages: messages[files[i]]}
		if tree == "" && len(r.Messages) == 0 {
			r.Messages = []Message{{Text: "(no message)"}}
		}
		results[i] = r
	}
	return results
}

// splitTrees cuts the output at the markers. What comes after the last one is
// left out.
func splitTrees(stdout string) []string {
	var trees []string
	var tree strings.Builder
	for line := range strings.SplitAfterSeq(stdout, "\n") {
		if line == markerText+"\n" {
			trees = append(trees, strings.TrimSuffix(tree.String(), "\n"))
			tree.Reset()
		} else {
			tree.WriteString(line)
		}
	}
	return trees
}

// A process is what is left of one that has ended.
type process struct {
	stdout, stderr string
	failed         bool
	killed         bool // by a signal, or for taking too long
	err            error
}

func (p process) describe() string {
	return fmt.Sprintf("%v\n%s%s", p.err, clip(p.stdout, 500), clip(p.stderr, 2000))
}

func (s *Side) run(ctx context.Context, files []string) process {
	s.processes++
	ctx, cancel := context.WithTimeout(ctx, s.Timeout)
	defer cancel()
	args := s.Args[1:len(s.Args):len(s.Args)]
	for _, f := range files {
		args = append(args, f, s.Marker)
	}
	cmd := exec.CommandContext(ctx, s.Args[0], args...)
	cmd.Env = append(os.Environ(), s.Env...)
	cmd.WaitDelay = time.Second
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if ctx.Err() != nil {
		err = fmt.Errorf("%w after %v", ctx.Err(), s.Timeout)
	}
	return process{
		stdout: stdout.String(),
		stderr: stderr.String(),
		failed: err != nil,
		killed: err != nil && (cmd.ProcessState == nil || cmd.ProcessState.ExitCode() < 0 || ctx.Err() != nil),
		err:    err,
	}
}

var referenceError = regexp.MustCompile(`(?s)(?:^|\n)error: (.*?)\n +at ([^\n]*):(\d+):(\d+):(?:\n|$)`)

// referenceMessages reads what the reference writes: one error, over several
// lines, and perhaps warnings before it. Errors without a position do not
// tell which file they are about, which matters only if there are several.
func referenceMessages(stderr string, files []string) map[string][]Message {
	if m := referenceError.FindStringSubmatch(stderr); m != nil {
		return map[string][]Message{m[2]: {{Pos: m[3] + ":" + m[4], Text: spaced(m[1])}}}
	}
	if _, text, found := strings.Cut("\n"+stderr, "\nerror: "); found && len(files) == 1 {
		return map[string][]Message{files[0]: {{Text: spaced(text)}}}
	}
	return nil
}

var firnError = regexp.MustCompile(`^(.*?):(\d+):(\d+): (.*)$`)

// firnMessages reads lines of the form FILE:LINE:COLUMN: MESSAGE. A line that
// does not name one of the files belongs to the message before it, which can
// be a warning.
func firnMessages(stderr string, files []string) map[string][]Message {
	known := map[string]bool{}
	for _, f := range files {
		known[f] = true
	}
	messages := map[string][]Message{}
	last := ""
	for line := range strings.SplitSeq(stderr, "\n") {
		if m := firnError.FindStringSubmatch(line); m != nil && known[m[1]] {
			last = m[1]
			messages[last] = append(messages[last], Message{Pos: m[2] + ":" + m[3], Text: spaced(m[4])})
		} else if strings.HasPrefix(line, "warning: ") {
			last = ""
		} else if ms := messages[last]; len(ms) > 0 {
			ms[len(ms)-1].Text = spaced(ms[len(ms)-1].Text + " " + line)
		}
	}
	return messages
}

// spaced makes texts comparable that are wrapped differently.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// clip returns s, or as much of it as should be printed.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return fmt.Sprintf("%s… (%d bytes in all)", s[:n], len(s))
}
