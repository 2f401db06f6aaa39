package repl_test

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/repl"
)

var update = flag.Bool("update", false, "write the transcripts; those of the reference only with FIRN_ORACLE_REPL")

// files is the folder that sessions are in.
const files = "/home/alice"

// newSession returns a session in testdata/files, and where it writes.
func newSession(t *testing.T, change func(*repl.Options)) (*repl.Session, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	clock := time.Unix(0, 0)
	opt := repl.Options{
		New: func(s *repl.Settings) (*eval.Evaluator, error) {
			return eval.New(eval.Options{
				FS:         folder(t),
				Store:      eval.Memory(""),
				SearchPath: []eval.SearchPathEntry{{Prefix: "things", Path: files + "/things"}},
				Pure:       s.Pure,
				System:     cmp.Or(s.System, "x86_64-linux"),
				Home:       files,
				Record:     true,
				Profile:    s.Profile,
				Trace:      func(text string) { out.WriteString("trace: " + text + "\n") },
			})
		},
		Out: &out, Err: &out,
		Dir: files, Home: files,
		Flake: func(ctx context.Context, ev *eval.Evaluator, ref string) (eval.Value, error) {
			return ev.EvalString(ctx, `{ ref = "`+ref+`"; outputs = throw "not evaluated"; }`)
		},
		Now: func() time.Time { clock = clock.Add(1500 * time.Microsecond); return clock },
	}
	if change != nil {
		change(&opt)
	}
	s, err := repl.New(opt)
	require.NoError(t, err)
	s.Start(context.Background())
	return s, &out
}

// folder returns testdata/files as it is seen by sessions.
func folder(t *testing.T) fstest.MapFS {
	out := fstest.MapFS{}
	from := os.DirFS(filepath.Join("testdata", "files"))
	require.NoError(t, fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(from, name)
		out[strings.TrimPrefix(files, "/")+"/"+name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(text), "\r\n", "\n")), Mode: 0o644}
		return err
	}))
	return out
}

// A step of a transcript is an input, and what is printed then.
type step struct{ input, output string }

// readTranscript reads steps: an input begins with "> ", its other lines with ". ".
// Lines before the first one are a comment.
func readTranscript(t *testing.T, path string) (comment string, steps []step) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	for line := range strings.Lines(strings.ReplaceAll(string(text), "\r\n", "\n")) {
		switch last := len(steps) - 1; {
		case strings.HasPrefix(line, "> "):
			steps = append(steps, step{input: strings.TrimSuffix(line[2:], "\n")})
		case strings.HasPrefix(line, ". ") && last >= 0 && steps[last].output == "":
			steps[last].input += "\n" + strings.TrimSuffix(line[2:], "\n")
		case last >= 0:
			steps[last].output += line
		default:
			comment += line
		}
	}
	return comment, steps
}

func writeTranscript(t *testing.T, path, comment string, steps []step) {
	var b strings.Builder
	b.WriteString(comment)
	for _, s := range steps {
		b.WriteString("> " + strings.ReplaceAll(s.input, "\n", "\n. ") + "\n" + s.output)
	}
	require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o644))
}

// lines is a Reader of the lines of one input.
type lines struct{ left []string }

func (l *lines) Line(bool) (string, error) {
	if len(l.left) == 0 {
		return "", io.EOF
	}
	line := l.left[0]
	l.left = l.left[1:]
	return line, nil
}
func (l *lines) Remember(string) {}

func play(t *testing.T, s *repl.Session, out *bytes.Buffer, steps []step) []step {
	var got []step
	for _, one := range steps {
		out.Reset()
		require.NoError(t, s.Run(context.Background(), &lines{strings.Split(one.input, "\n")}))
		text := out.String()
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		got = append(got, step{one.input, text})
	}
	return got
}

// TestTranscripts plays sessions.
func TestTranscripts(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			comment, steps := readTranscript(t, path)
			s, out := newSession(t, nil)
			got := play(t, s, out, steps)
			if *update {
				writeTranscript(t, path, comment, got)
			}
			_, steps = readTranscript(t, path)
			require.Equal(t, steps, got)
		})
	}
}

var escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")

// record asks the reference, whose prompt command is.
func record(t *testing.T, command string, steps []step) []step {
	dir := t.TempDir()
	root := filepath.Join(dir, "home")
	require.NoError(t, os.CopyFS(root, os.DirFS(filepath.Join("testdata", "files"))))
	words := strings.Fields(command)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "NIX_PATH=things="+root+"/things")
	var in strings.Builder
	for _, s := range steps {
		in.WriteString(s.input + "\n")
	}
	cmd.Stdin = strings.NewReader(in.String())
	text, err := cmd.CombinedOutput()
	require.NoError(t, err, string(text))
	rest := strings.ReplaceAll(escapes.ReplaceAllString(string(text), ""), root, files)
	var out []step
	for _, s := range steps {
		echo := "nix-repl> " + strings.ReplaceAll(s.input, "\n", "\n        > ") + "\n"
		i := strings.Index(rest, echo)
		require.GreaterOrEqual(t, i, 0, "no echo of %q in %q", s.input, rest)
		rest = rest[i+len(echo):]
		end := strings.Index(rest, "nix-repl>")
		output := rest
		if end >= 0 {
			output = rest[:end]
		}
		if output = strings.TrimRight(output, "\n"); output != "" {
			output += "\n"
		}
		out = append(out, step{s.input, output})
	}
	return out
}

// different are inputs of the reference's transcripts that firn answers otherwise on
// purpose, and why.
var different = map[string]string{
	`[ (throw "a") ]`: "an element that fails is part of the text, as an attribute is",
	`:relaod`:         "names of commands that are near are suggested",
	`:a 1`:            "there is one line of error",
}

// TestReference plays sessions that were recorded from the prompt of the reference:
// FIRN_ORACLE_REPL='nix repl' go test ./repl -run Reference -update
func TestReference(t *testing.T) {
	paths, err := filepath.Glob("testdata/reference/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			comment, steps := readTranscript(t, path)
			if command := os.Getenv("FIRN_ORACLE_REPL"); command != "" && *update {
				steps = record(t, command, steps)
				writeTranscript(t, path, comment, steps)
			}
			s, out := newSession(t, nil)
			for i, got := range play(t, s, out, steps) {
				if _, ok := different[got.input]; ok {
					assert.NotEqual(t, steps[i].output, got.output, "%q is no longer different", got.input)
					continue
				}
				want := strings.ReplaceAll(steps[i].output, "Added 1 variables.", "Added 1 variable.")
				assert.Equal(t, want, got.output, got.input)
			}
		})
	}
}

// TestCommandsAreInTranscripts looks for every command.
func TestCommandsAreInTranscripts(t *testing.T) {
	var text strings.Builder
	for _, pattern := range []string{"testdata/*.txt", "testdata/debug/*.txt", "testdata/reference/*.txt"} {
		paths, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, path := range paths {
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			text.Write(data)
		}
	}
	for _, name := range repl.CommandNames() {
		switch name {
		case ":watch", ":save", ":source", ":profile": // which have tests of their own
			continue
		}
		assert.True(t, regexp.MustCompile("(?m)^> "+regexp.QuoteMeta(name)+"( |$)").MatchString(text.String()), name)
	}
}
