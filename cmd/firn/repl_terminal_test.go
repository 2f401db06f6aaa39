//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A screen is a program in a terminal.
type screen struct {
	t    *testing.T
	tty  *os.File
	cmd  *exec.Cmd
	mu   sync.Mutex
	out  bytes.Buffer
	more chan struct{} // output came
	seen int           // up to where expect has looked
}

// patience is how long to wait for output that does not come.
const patience = time.Minute

// terminal runs firn in a terminal of 80 columns.
func terminal80(t *testing.T, env []string, args ...string) *screen {
	t.Helper()
	if master, slave, err := pty.Open(); err != nil {
		t.Skipf("no pseudo-terminals, which a mounted devpts would give: %s", err)
	} else {
		master.Close()
		slave.Close()
	}
	self, err := os.Executable()
	require.NoError(t, err)
	s := &screen{t: t, more: make(chan struct{}, 1)}
	s.cmd = exec.Command(self, args...)
	s.cmd.Env = append([]string{asFirn + "=1", "TERM=xterm", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}, env...)
	s.tty, err = pty.StartWithSize(s.cmd, &pty.Winsize{Rows: 24, Cols: 80})
	require.NoError(t, err)
	t.Cleanup(func() {
		s.cmd.Process.Kill()
		s.tty.Close()
	})
	go func() {
		buf := make([]byte, 4096)
		for {
			n, err := s.tty.Read(buf)
			s.mu.Lock()
			s.out.Write(buf[:n])
			s.mu.Unlock()
			select {
			case s.more <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	return s
}

// send types.
func (s *screen) send(keys string) {
	s.t.Helper()
	_, err := s.tty.WriteString(keys)
	require.NoError(s.t, err)
}

// expect waits until text is printed, beyond what was expected before.
func (s *screen) expect(text string) {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		s.mu.Lock()
		rest := s.out.String()[s.seen:]
		if i := strings.Index(rest, text); i >= 0 {
			s.seen += i + len(text)
			s.mu.Unlock()
			return
		}
		s.mu.Unlock()
		select {
		case <-s.more:
		case <-deadline:
			require.Failf(s.t, "not printed", "%q, but %q", text, rest)
		}
	}
}

// ends waits until the program ends, and returns its status.
func (s *screen) ends() int {
	s.t.Helper()
	done := make(chan struct{})
	go func() { s.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(patience):
		require.Fail(s.t, "does not end", s.out.String())
	}
	return s.cmd.ProcessState.ExitCode()
}

const prompt = "firn> "

func TestTerminal(t *testing.T) {
	s := terminal80(t, []string{"NO_COLOR=1"}, "repl")
	s.expect(":? is help")
	s.expect(prompt)
	s.send("1 + 1\r")
	s.expect("\n2\r\n")
	s.expect(prompt)

	// An expression goes on in the next line, until it is one.
	s.send("{ a = 1;\r")
	s.expect("    > ")
	s.send("b = 2; }.b + 40\r")
	s.expect("\n42\r\n")
	s.expect(prompt)

	// An error does not end it.
	s.send("throw \"so\"\r")
	s.expect("error[thrown]: so")
	s.expect(prompt)
	s.send("it\r")
	s.expect("\n42\r\n")
	s.expect(prompt)

	// The history has the input of several lines as one.
	s.send("\x1b[A\x1b[A\x1b[A\r")
	s.expect("\n42\r\n")
	s.expect(prompt)
	// Ctrl-R searches in it.
	s.send("\x121 +\r")
	s.expect("\n2\r\n")
	s.expect(prompt)

	// Ctrl-C gives up what is typed, also in the middle of an input.
	s.send("[ 1\r")
	s.expect("    > ")
	s.send("2\x03")
	s.expect("^C\r\n")
	s.expect(prompt)
	s.send("3\r")
	s.expect("\n3\r\n")
	s.expect(prompt)

	// Ctrl-D leaves.
	s.send("\x04")
	assert.Zero(t, s.ends())
}

func TestTerminalInterrupt(t *testing.T) {
	s := terminal80(t, []string{"NO_COLOR=1"}, "repl")
	s.expect(prompt)
	for range 3 {
		s.send("let l = builtins.genList (x: x) 100000; in builtins.trace \"begun\" (builtins.length (builtins.filter (x: builtins.all (y: y >= 0) l) l))\r")
		s.expect("trace: begun")
		s.send("\x03")
		s.expect("interrupted by the user")
		s.expect(prompt)
	}
	s.send("\"still \" + \"here\"\r")
	s.expect("\"still here\"")
}

func TestTerminalCompletion(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "machine.nix"), []byte(`{ hostName = "cellar"; "odd name" = 5; nested.deeper.value = 7; }`), 0o644))
	s := terminal80(t, []string{"NO_COLOR=1"}, "repl", filepath.Join(dir, "machine.nix"))
	s.expect("Added 3 variables")
	s.expect(prompt)
	s.send("hostN\t\r")
	s.expect("\"cellar\"")
	s.expect(prompt)
	s.send("nested.de\t.va\t\r")
	s.expect("\n7\r\n")
	s.expect(prompt)
	s.send("builtins.concatStringsS\t \"-\" [ hostName \"x\" ]\r")
	s.expect("\"cellar-x\"")
	s.expect(prompt)
	s.send(":tra\t true\r")
	s.expect("showing error traces")
	s.expect(prompt)
	s.send("import " + dir + "/mach\t\r")
	s.expect("odd name")
	s.expect(prompt)
	// More than one candidate are listed.
	s.send("builtins.getE\t\x15builtins.is\t\t")
	s.expect("isAttrs")
	s.expect("isString")
}

func TestTerminalPaste(t *testing.T) {
	s := terminal80(t, []string{"NO_COLOR=1"}, "repl")
	s.expect(prompt)
	s.send("\x1b[200~{\n\ta = 1;\n  b = 2; # not the end\n}\n\x1b[201~\r")
	s.expect("a = 1;")
	s.expect("\n{\r\n  a = 1;\r\n  b = 2;\r\n}\r\n")
	s.expect(prompt)
	s.send("\x1b[200~x = 3\ny = 4\x1b[201~\x15")
	s.send("1 + 2\r")
	s.expect("\n3\r\n")
}

func TestTerminalColor(t *testing.T) {
	s := terminal80(t, nil, "repl")
	s.expect(prompt)
	s.send("let x = \"a\"; in x\r")
	s.expect("\x1b[1;34mlet\x1b[0m")
	s.expect("\x1b[35m\"a\"\x1b[0m")
}

func TestTerminalPager(t *testing.T) {
	s := terminal80(t, []string{"NO_COLOR=1"}, "repl")
	s.expect(prompt)
	s.send(":set pager true\r")
	s.expect("true\r\n")
	s.expect(prompt)
	s.send("builtins.genList (x: x) 100\r")
	s.expect("\n  21\r\n")
	s.expect("enough -- ")
	s.send("\r")
	s.expect("\n  44\r\n")
	s.expect("enough -- ")
	s.send("q\r")
	s.expect(prompt)
	s.send("\"after\"\r")
	s.expect("\n\"after\"\r\n")
}

// The inputs of the start-up file are done first.
func TestTerminalStart(t *testing.T) {
	config := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(config, "firn"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(config, "firn", "repl"), []byte("greeting = \"hello\"\n"), 0o644))
	for _, args := range [][]string{{"repl"}, {"repl", "--no-start"}} {
		s := terminal80(t, []string{"NO_COLOR=1", "XDG_CONFIG_HOME=" + config}, args...)
		s.expect(prompt)
		s.send("greeting\r")
		if len(args) == 1 {
			s.expect("\n\"hello\"\r\n")
		} else {
			s.expect("undefined variable 'greeting'")
		}
	}
}

// The history is there the next time.
func TestTerminalHistory(t *testing.T) {
	data := "XDG_DATA_HOME=" + t.TempDir()
	s := terminal80(t, []string{"NO_COLOR=1", data}, "repl")
	s.expect(prompt)
	s.send("[ 1\r")
	s.expect("    > ")
	s.send(" 2 ]\r")
	s.expect("\n  1\r\n  2\r\n]\r\n")
	s.expect(prompt)
	s.send("\x04")
	s.ends()
	s = terminal80(t, []string{"NO_COLOR=1", data}, "repl")
	s.expect(prompt)
	s.send("\x1b[A")
	s.expect("[ 1␤ 2 ]")
	s.send("\r")
	s.expect("\n  1\r\n  2\r\n]\r\n")
}

func TestTerminalResize(t *testing.T) {
	s := terminal80(t, []string{"NO_COLOR=1"}, "repl")
	s.expect(prompt)
	require.NoError(t, pty.Setsize(s.tty, &pty.Winsize{Rows: 10, Cols: 30}))
	s.send("builtins.stringLength \"" + strings.Repeat("x", 100) + "\"\r")
	s.expect("\n100\r\n")
}

func TestTerminalDebugger(t *testing.T) {
	const stopped = "debug> "
	dir := t.TempDir()
	file := filepath.Join(dir, "machine.nix")
	require.NoError(t, os.WriteFile(file, []byte("let\n  half = n: if n == 3 then throw \"odd\" else n / 2;\nin { good = half 4; bad = half (half 6); }\n"), 0o644))
	s := terminal80(t, []string{"NO_COLOR=1"}, "repl", file)
	s.expect("Added 2 variables")
	s.expect(prompt)
	// Post mortem.
	s.send("bad\r")
	s.expect("odd")
	s.expect(prompt)
	s.send(":debug\r")
	s.expect("Stopped at an error: odd")
	s.expect(stopped)
	s.send("n * 11\r")
	s.expect("\n33\r\n")
	s.expect(stopped)
	// Variables of the frame are completed.
	s.send("hal\t 8\r")
	s.expect("\n4\r\n")
	s.expect(stopped)
	// Ctrl-C ends what is evaluated there, and gives up what is typed, and nothing else.
	s.send("let l = builtins.genList (x: x) 100000; in builtins.trace \"begun\" (builtins.length (builtins.filter (x: builtins.all (y: y >= 0) l) l))\r")
	s.expect("trace: begun")
	s.send("\x03")
	s.expect("interrupted by the user")
	s.expect(stopped)
	s.send("1 +\x03")
	s.expect("^C\r\n")
	s.expect(stopped)
	s.send(":up\r")
	s.expect("the value of bad")
	s.expect(stopped)
	s.send(":c\r")
	s.expect("odd")
	s.expect(prompt)
	// Stop, look, step, go on.
	s.send("builtins.break (1 + 1) + 40\r")
	s.expect("Stopped by builtins.break")
	s.expect(stopped)
	s.send(":s\r")
	s.expect("1 + 1")
	s.expect(stopped)
	s.send(":c\r")
	s.expect("\n42\r\n")
	s.expect(prompt)
	s.send(":q\r")
	assert.Zero(t, s.ends())
}

func TestTerminalEvalDebugger(t *testing.T) {
	s := terminal80(t, []string{"NO_COLOR=1"}, "eval", "--debugger", "-E", "let x = 20; in builtins.break x + 1")
	s.expect("Stopped by builtins.break")
	s.expect("debug> ")
	s.send("x * 2\r")
	s.expect("\n40\r\n")
	s.expect("debug> ")
	s.send(":c\r")
	s.expect("\n21\r\n")
	assert.Zero(t, s.ends())
}
