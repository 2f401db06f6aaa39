//go:build unix

package main

// This file defines how tests see a terminal: as a person does, on a screen.

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	screenWidth, screenHeight = 80, 24
	// patience is how long a screen may take to become what is expected.
	patience = 2 * time.Minute
	// quiet is how long nothing changes on a screen that is recorded.
	quiet = 1500 * time.Millisecond
)

// TestScreens plays the sessions in testdata/screen. Each is an archive: files of the
// current folder; "$ COMMAND", which starts a program; then keys, and the screen when
// they have had their effect. Colours are written as ‹red:text›, the cursor as ▌.
//
//	UPDATE_SCREENS=1 go test ./cmd/firn -run Screens
func TestScreens(t *testing.T) {
	files, err := filepath.Glob("testdata/screen/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			playScreens(t, archive)
			if os.Getenv("UPDATE_SCREENS") != "" {
				require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o644))
			}
		})
	}
}

// playScreens plays a session, and compares its screens or records them in archive.
func playScreens(t *testing.T, archive *txtar.Archive) {
	dir, home := t.TempDir(), t.TempDir()
	var s *screen
	for i := range archive.Files {
		f := &archive.Files[i]
		command, starts := strings.CutPrefix(f.Name, "$ ")
		switch {
		case starts:
			s = startScreen(t, dir, home, strings.Fields(command))
		case s == nil:
			path := filepath.Join(dir, f.Name)
			if rest, ok := strings.CutPrefix(f.Name, "~/"); ok {
				path = filepath.Join(home, rest)
			}
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
			require.NoError(t, os.WriteFile(path, f.Data, 0o644))
			continue
		default:
			s.typed(f.Name)
		}
		if os.Getenv("UPDATE_SCREENS") != "" {
			f.Data = []byte(s.settled())
		} else if !s.becomes(string(f.Data)) {
			assert.Equal(t, string(f.Data), s.String(), "after %q (%s)", f.Name, archive.Comment)
			return
		}
	}
}

// A screen is a program in a terminal, and what is seen there.
type screen struct {
	t    *testing.T
	tty  *os.File
	cmd  *exec.Cmd
	more chan struct{} // the screen may have changed

	mu      sync.Mutex // guards what follows
	term    vt10x.Terminal
	partial []byte // the beginning of a character
	ended   string // the exit status as text; "" while the program runs
}

// startScreen starts a program: NAME=VALUE… firn ARG….
func startScreen(t *testing.T, dir, home string, words []string) *screen {
	t.Helper()
	if master, slave, err := pty.Open(); err != nil {
		t.Skipf("no pseudo-terminals, which a mounted devpts would give: %s", err)
	} else {
		master.Close()
		slave.Close()
	}
	self, err := os.Executable()
	require.NoError(t, err)
	env := []string{asFirn + "=1", "TERM=xterm-256color", "HOME=" + home, "PATH=" + os.Getenv("PATH")}
	for strings.Contains(words[0], "=") {
		env, words = append(env, words[0]), words[1:]
	}
	s := &screen{t: t, more: make(chan struct{}, 1), term: vt10x.New(vt10x.WithSize(screenWidth, screenHeight))}
	s.cmd = exec.Command(self, words[1:]...)
	s.cmd.Env, s.cmd.Dir = env, dir
	s.tty, err = pty.StartWithSize(s.cmd, &pty.Winsize{Rows: screenHeight, Cols: screenWidth})
	require.NoError(t, err)
	done := make(chan struct{})
	t.Cleanup(func() {
		s.cmd.Process.Kill()
		<-done
		s.tty.Close()
	})
	go func() {
		defer close(done)
		s.show()
		_ = s.cmd.Wait() // the status says it
		s.mu.Lock()
		s.ended = fmt.Sprintf("[%s]\n", s.cmd.ProcessState)
		s.mu.Unlock()
		s.changed()
	}()
	return s
}

// show puts the program's output on the screen, until there is no more.
func (s *screen) show() {
	buf := make([]byte, 4096)
	for {
		n, err := s.tty.Read(buf)
		s.mu.Lock()
		text := append(s.partial, buf[:n]...)
		whole := len(text)
		for back := 1; back <= min(utf8.UTFMax-1, len(text)); back++ {
			if tail := text[len(text)-back:]; utf8.RuneStart(tail[0]) {
				if !utf8.FullRune(tail) {
					whole -= back
				}
				break
			}
		}
		s.term.Write(text[:whole])
		s.partial = append([]byte(nil), text[whole:]...)
		s.mu.Unlock()
		s.changed()
		if err != nil {
			return
		}
	}
}

func (s *screen) changed() {
	select {
	case s.more <- struct{}{}:
	default:
	}
}

// keys are the names of keys in sessions.
var keys = map[string]string{
	"Enter": "\r", "Tab": "\t", "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D", "Home": "\x1b[H", "Backspace": "\x7f",
	"Ctrl-C": "\x03", "Ctrl-D": "\x04", "Ctrl-L": "\x0c", "Ctrl-R": "\x12", "Ctrl-U": "\x15",
	"Paste": "\x1b[200~", "Pasted": "\x1b[201~", "Newline": "\n", "Wait": "",
}

// typed types text with <Key>s in it; <40x10> is the terminal's new size.
func (s *screen) typed(text string) {
	s.t.Helper()
	var out strings.Builder
	for text != "" {
		before, rest, ok := strings.Cut(text, "<")
		out.WriteString(before)
		if !ok {
			break
		}
		name, after, _ := strings.Cut(rest, ">")
		width, height, isSize := strings.Cut(name, "x")
		cols, err := strconv.Atoi(width)
		if key, ok := keys[name]; ok {
			out.WriteString(key)
		} else if rows, err2 := strconv.Atoi(height); isSize && err == nil && err2 == nil {
			s.resize(cols, rows)
		} else {
			out.WriteByte('<')
			after = rest
		}
		text = after
	}
	_, err := s.tty.WriteString(out.String())
	require.NoError(s.t, err)
}

func (s *screen) resize(cols, rows int) {
	s.mu.Lock()
	s.term.Resize(cols, rows)
	s.mu.Unlock()
	require.NoError(s.t, pty.Setsize(s.tty, &pty.Winsize{Rows: uint16(rows), Cols: uint16(cols)}))
}

// becomes waits until the screen is want, and reports whether it became that.
func (s *screen) becomes(want string) bool {
	deadline := time.After(patience)
	for s.String() != want {
		select {
		case <-s.more:
		case <-deadline:
			return false
		}
	}
	return true
}

// settled returns the screen when it no longer changes.
func (s *screen) settled() string {
	for {
		select {
		case <-s.more:
		case <-time.After(quiet):
			return s.String()
		}
	}
}

// String returns what is seen, with colours and the cursor.
func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	cols, rows := s.term.Size()
	cursor := s.term.Cursor()
	var out []string
	last := 0
	for y := range rows {
		line, color := "", ""
		for x := range cols {
			g := s.term.Cell(x, y)
			c := colorName(g)
			if c == blank && color != "" && (x+1 == cols || colorOfNext(s.term, x, y) != color) {
				c = ""
			}
			if c != blank && c != color {
				if color != "" {
					line += "›"
				}
				if c != "" {
					line += "‹" + c + ":"
				}
				color = c
			}
			if y == cursor.Y && x == cursor.X && s.ended == "" {
				line += "▌"
			}
			if g.Char == 0 {
				g.Char = ' '
			}
			line += string(g.Char)
		}
		if color != "" {
			line += "›"
		}
		line = strings.TrimRight(line, " ")
		out = append(out, line)
		if line != "" {
			last = y + 1
		}
	}
	text := strings.Join(out[:last], "\n") + "\n"
	return text + s.ended
}

// blank is the colour of cells in which no colour shows.
const blank = "blank"

// colorOfNext returns the colour of the next cell of a line that is not blank.
func colorOfNext(term vt10x.Terminal, x, y int) string {
	cols, _ := term.Size()
	for x++; x < cols; x++ {
		if c := colorName(term.Cell(x, y)); c != blank {
			return c
		}
	}
	return ""
}

// colorName returns the colour of the text in a cell; "" for the usual one.
func colorName(g vt10x.Glyph) string {
	const bold = 4 // a bit of Mode
	switch {
	case (g.Char == ' ' || g.Char == 0) && g.BG == vt10x.DefaultBG:
		return blank
	case g.BG != vt10x.DefaultBG:
		return "marked"
	case g.FG == vt10x.DefaultFG && g.Mode&bold != 0:
		return "bold"
	case g.FG == vt10x.DefaultFG:
		return ""
	case g.FG < 8:
		return colorNames[g.FG]
	case g.FG < 16: // which stand for bold text, too
		return "bold " + colorNames[g.FG-8]
	}
	return fmt.Sprintf("color %d", g.FG)
}

var colorNames = [...]string{"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"}
