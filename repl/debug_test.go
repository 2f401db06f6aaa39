package repl_test

// This file defines the tests of the debugger at the prompt.

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/repl"
)

// script is a Reader of all steps of a transcript: what is stopped reads on.
type script struct {
	steps []step
	out   *bytes.Buffer
	lines []string // of the step under way that are left
	next  int
}

func (r *script) Line(bool) (string, error) {
	if len(r.lines) == 0 {
		r.flush()
		if r.next == len(r.steps) {
			return "", io.EOF
		}
		r.lines = strings.Split(r.steps[r.next].input, "\n")
		r.next++
	}
	line := r.lines[0]
	r.lines = r.lines[1:]
	return line, nil
}

func (r *script) Remember(string) {}

// flush gives what was printed to the last step.
func (r *script) flush() {
	if r.next > 0 {
		r.steps[r.next-1].output += r.out.String()
	}
	r.out.Reset()
}

// TestDebugTranscripts plays sessions with the debugger.
func TestDebugTranscripts(t *testing.T) {
	paths, err := filepath.Glob("testdata/debug/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			comment, steps := readTranscript(t, path)
			s, out := newSession(t, func(opt *repl.Options) {
				opt.New = func(s *repl.Settings) (*eval.Evaluator, error) {
					return eval.New(eval.Options{FS: folder(t), Store: eval.Memory(""), Home: files, Debugger: s.Debugger()})
				}
			})
			r := &script{out: out}
			for _, one := range steps {
				r.steps = append(r.steps, step{input: one.input})
			}
			require.NoError(t, s.Run(context.Background(), r))
			r.flush()
			if *update {
				writeTranscript(t, path, comment, r.steps)
			}
			_, steps = readTranscript(t, path)
			require.Equal(t, steps, r.steps)
		})
	}
}

// TestDebugLeaves ends an evaluation where the inputs end.
func TestDebugLeaves(t *testing.T) {
	s, out := newSession(t, func(opt *repl.Options) {
		opt.New = func(s *repl.Settings) (*eval.Evaluator, error) { return eval.New(eval.Options{Debugger: s.Debugger()}) }
	})
	r := &script{out: &bytes.Buffer{}, steps: []step{{input: ":debug builtins.break 1"}, {input: "2 + 2"}}}
	require.NoError(t, s.Run(context.Background(), r))
	require.Contains(t, out.String(), "Stopped by builtins.break")
	require.Contains(t, out.String(), "4\n")
	require.NotContains(t, out.String(), "interrupted", "as the user wished")
	words, _ := s.Candidates(context.Background(), ":finis")
	require.Equal(t, []string{":finish"}, words)
}

// TestDebugReference compares what expressions are at stops with the reference, and
// what comes of going on; what else is printed is our own.
// FIRN_ORACLE_REPL='nix repl --debugger' go test ./repl -run DebugReference -update
func TestDebugReference(t *testing.T) {
	paths, err := filepath.Glob("testdata/debug/reference/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		comment, steps := readTranscript(t, path)
		if command := os.Getenv("FIRN_ORACLE_REPL"); command != "" && *update {
			steps = record(t, command, steps)
			writeTranscript(t, path, comment, steps)
		}
		s, out := newSession(t, func(opt *repl.Options) {
			opt.New = func(s *repl.Settings) (*eval.Evaluator, error) {
				return eval.New(eval.Options{FS: folder(t), Store: eval.Memory(""), Home: files, Debugger: s.Debugger()})
			}
			opt.Settings = repl.DefaultSettings()
			opt.Settings.Debug = true
		})
		r := &script{out: out}
		for _, one := range steps {
			r.steps = append(r.steps, step{input: one.input})
		}
		require.NoError(t, s.Run(context.Background(), r))
		r.flush()
		compared := 0
		for i, got := range r.steps {
			want := steps[i].output
			stops := strings.Contains(got.output, "Stopped ")
			assert.Equal(t, strings.Contains(want, "info: breakpoint reached") || strings.HasPrefix(want, "error: "), stops || strings.HasPrefix(got.output, "error:"), got.input)
			if !stops && !strings.HasPrefix(want, "error:") {
				compared++
				assert.Equal(t, want, got.output, got.input)
			}
		}
		assert.Greater(t, compared, 10)
	}
}
