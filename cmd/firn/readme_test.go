//go:build unix

package main

// This file defines the test of what README.md shows: its screens are what is seen.

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReadme runs the commands of README.md that show what they print, in a terminal of 80
// columns, and plays its session of the debugger. The files that they read are shown before
// them, with cat, or are in testdata/readme. Commands that need a checkout of nixpkgs run if
// FIRN_NIXPKGS names one; those of a store or a machine, whose contents README.md does not show, do not.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("testdata/readme")))
	nixpkgs := os.Getenv("FIRN_NIXPKGS")
	if nixpkgs != "" {
		require.NoError(t, os.Symlink(nixpkgs, filepath.Join(dir, "nixpkgs")))
	}
	ran := 0
	for _, block := range codeBlocks(string(text)) {
		if strings.HasPrefix(block, "firn> ") {
			playReadme(t, dir, block)
			ran++
			continue
		}
		for command, output := range commandsOf(block) {
			name, isFile := strings.CutPrefix(command, "cat ")
			switch {
			case output == "":
			case isFile:
				require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(output), 0o644))
			case strings.Contains(command, "--store"), strings.Contains(command, "nixpkgs") && nixpkgs == "", strings.HasPrefix(command, "firn repl"), strings.HasPrefix(command, "firn system"):
			default:
				s := startScreen(t, dir, t.TempDir(), append([]string{"NO_COLOR=1"}, splitLine(command).words...))
				assert.Equal(t, wrapped(output), s.whole(), command)
				ran++
			}
		}
	}
	assert.GreaterOrEqual(t, ran, 6, "commands of README.md that were run")
}

// wrapped returns a text as a terminal shows its long lines.
func wrapped(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		for len(line) > screenWidth+1 {
			out.WriteString(line[:screenWidth] + "\n")
			line = line[screenWidth:]
		}
		out.WriteString(line)
	}
	return out.String()
}

// codeBlocks returns the indented blocks of a text, without their indentation.
func codeBlocks(text string) []string {
	var out []string
	block := ""
	for line := range strings.Lines(text + "end\n") {
		code, isCode := strings.CutPrefix(line, "    ")
		switch {
		case isCode:
			block += code
		case strings.TrimSpace(line) == "" && block != "":
			block += "\n"
		case block != "":
			out = append(out, strings.TrimRight(block, "\n")+"\n")
			block = ""
		}
	}
	return out
}

// commandsOf yields the commands of a block, each behind "$ ", with what it prints.
func commandsOf(block string) func(yield func(command, output string) bool) {
	return func(yield func(command, output string) bool) {
		for _, part := range strings.Split("\n"+block, "\n$ ")[1:] {
			command, output, _ := strings.Cut(part, "\n")
			if output != "" {
				output = strings.TrimRight(output, "\n") + "\n"
			}
			if !yield(command, output) {
				return
			}
		}
	}
}

// playReadme plays a session at the prompt, in which a line of … stands for any lines.
func playReadme(t *testing.T, dir, session string) {
	s := startScreen(t, dir, t.TempDir(), []string{"NO_COLOR=1", "firn", "repl"})
	s.resize(screenWidth, 3*screenHeight)
	s.settled()
	for line := range strings.Lines(session) {
		for _, prompt := range []string{"firn> ", "debug> "} {
			if input, ok := strings.CutPrefix(line, prompt); ok {
				s.typed(strings.TrimSuffix(input, "\n") + "<Enter>")
				s.settled()
			}
		}
	}
	pattern := "^.*\n" + strings.ReplaceAll(regexp.QuoteMeta(session), "\n…\n", "\n(?s:.*)\n") + "debug> ▌\n$"
	assert.Regexp(t, pattern, s.String())
}

// whole returns the screen when the program has ended.
func (s *screen) whole() string {
	deadline := time.After(patience)
	for {
		s.mu.Lock()
		ended := s.ended
		s.mu.Unlock()
		if ended != "" {
			return strings.TrimSuffix(s.String(), ended)
		}
		select {
		case <-s.more:
		case <-deadline:
			return s.String()
		}
	}
}
