//go:build !js && !wasip1

package repl

// This file defines the terminal. No other file of the package knows that there are terminals.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/chzyer/readline"
)

// newline stands for the end of a line where a whole input is edited in one: in
// the history, and in text that was pasted.
const newline = "␤"

// interruptMark is shown behind a line that was given up.
const interruptMark = "^C"

// mostCandidates is how many candidates are listed.
const mostCandidates = 300

// A Terminal is a Reader of lines that the user edits. It is for one goroutine.
type Terminal struct {
	rl      *readline.Instance // the line editor
	in      io.Closer          // its input, which it does not close
	session *Session
	resized func() // tells the editor the width of the terminal
}

// TerminalOptions say where a Terminal reads and writes, and what it keeps.
type TerminalOptions struct {
	In      io.ReadCloser // default: the standard input
	Out     io.Writer     // default: the standard output
	History string        // the file of the history; "" for none
	Color   bool          // paint what is typed
}

// NewTerminal returns the terminal of a session, and makes the terminal mark text that is
// pasted. The caller must call Close.
func NewTerminal(s *Session, opt TerminalOptions) (*Terminal, error) {
	t := &Terminal{session: s}
	if opt.In == nil {
		opt.In = readline.NewCancelableStdin(readline.Stdin)
	}
	if opt.Out == nil {
		opt.Out = os.Stdout
	}
	if opt.History != "" {
		if err := os.MkdirAll(filepath.Dir(opt.History), 0o700); err != nil {
			fmt.Fprintf(s.opt.Err, "warning: there will be no history: %s\n", err)
			opt.History = ""
		}
	}
	cfg := &readline.Config{
		Prompt:                 s.Prompt(),
		HistoryFile:            opt.History,
		HistoryLimit:           10_000,
		DisableAutoSaveHistory: true,
		HistorySearchFold:      true,
		AutoComplete:           t,
		Stdin:                  &pasteReader{in: opt.In},
		Stdout:                 opt.Out,
		InterruptPrompt:        interruptMark,
		EOFPrompt:              "\n",
		FuncGetWidth:           s.opt.Width, // which is never 0, unlike that of some terminals
	}
	cfg.FuncOnWidthChanged = func(fn func()) {
		t.resized = fn
		readline.DefaultOnWidthChanged(fn)
	}
	if opt.Color {
		cfg.Painter = painter{s}
	}
	rl, err := readline.NewEx(cfg)
	if err != nil {
		return nil, err
	}
	t.rl, t.in = rl, opt.In
	if s.opt.Pause == nil {
		s.opt.Pause = t.pause
	}
	io.WriteString(opt.Out, pasteOn)
	return t, nil
}

// pause waits until the user asks for the next page, and reports whether there is to be one.
// The line editor reads the answer, since it may already have read what is typed.
func (t *Terminal) pause() bool {
	t.rl.SetPrompt("-- Enter: more; q Enter: enough -- ")
	answer, err := t.rl.Readline()
	return err == nil && !strings.HasPrefix(strings.TrimSpace(answer), "q")
}

// Close gives the terminal back as it was, and waits until nothing reads from it.
func (t *Terminal) Close() error {
	io.WriteString(t.rl.Config.Stdout, pasteOff)
	// It does not close what it is given, and waits for it.
	t.in.Close()
	return t.rl.Close()
}

// Line implements Reader.
func (t *Terminal) Line(more bool) (string, error) {
	prompt := t.session.Prompt()
	if more {
		prompt = strings.Repeat(" ", len(prompt)-2) + "> "
	}
	t.rl.SetPrompt(prompt)
	t.resized() // also on systems that have no signal for it
	line, err := t.rl.Readline()
	if errors.Is(err, readline.ErrInterrupt) {
		return "", ErrInterrupted
	}
	return strings.ReplaceAll(line, newline, "\n"), err
}

// Remember implements Reader. An input of several lines is one entry of the history.
func (t *Terminal) Remember(input string) {
	// A file that cannot be written to is no reason to stop.
	_ = t.rl.SaveHistory(strings.ReplaceAll(strings.TrimSpace(input), "\n", newline))
}

// Do implements readline.AutoCompleter. Of more candidates than a screen holds it completes
// only what they have in common, or says how many there are.
func (t *Terminal) Do(line []rune, pos int) ([][]rune, int) {
	text := strings.ReplaceAll(string(line[:pos]), newline, "\n")
	words, length := t.session.Candidates(context.Background(), text)
	typed := text[len(text)-length:]
	if len(words) > mostCandidates {
		if both := common(words); len(both) > len(typed) {
			words = []string{both}
		} else {
			fmt.Fprintf(t.rl.Stdout(), "%d candidates: type more of it\n", len(words))
			return nil, 0
		}
	}
	var out [][]rune
	for _, word := range words {
		out = append(out, []rune(strings.TrimPrefix(word, typed)))
	}
	return out, len([]rune(typed))
}

// A painter is a readline.Painter: it gives what is typed its colours.
type painter struct{ session *Session }

// Paint implements readline.Painter. At Enter the editor appends a newline to the
// line, at Ctrl-C a mark, which must reach the terminal as they are.
func (p painter) Paint(line []rune, _ int) []rune {
	text, entered := strings.CutSuffix(string(line), "\n")
	text, interrupted := strings.CutSuffix(text, interruptMark)
	text = highlightAfter(p.session.pending, strings.ReplaceAll(text, newline, "\n"))
	text = strings.ReplaceAll(text, "\n", newline)
	if interrupted {
		text += interruptMark
	}
	if entered {
		text += "\n"
	}
	return []rune(text)
}

// Control sequences that make a terminal mark pasted text, and the marks.
const (
	pasteOn    = "\x1b[?2004h"
	pasteOff   = "\x1b[?2004l"
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// A pasteReader makes one line of lines that are pasted together: between the marks of the
// terminal it replaces ends of lines by newline, and tabs by spaces, so that the line editor
// takes neither for a key.
type pasteReader struct {
	in      io.ReadCloser
	out     []byte // ready for Read
	held    []byte // possibly the beginning of a mark
	pasting bool   // between the marks
	err     error  // of in, for when out is empty
}

// Close implements io.Closer.
func (r *pasteReader) Close() error { return r.in.Close() }

// Read implements io.Reader.
func (r *pasteReader) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		buf := make([]byte, 4096)
		n, err := r.in.Read(buf)
		r.add(buf[:n])
		if r.err = err; err != nil {
			r.out = append(r.out, r.held...)
			r.held = nil
		}
		if err == nil && n > 0 && len(r.out) == 0 && string(r.held) == "\x1b" {
			// A mark comes in one piece, as far as its first two bytes.
			r.out, r.held = append(r.out, r.held...), nil
		}
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// add moves data to out, without marks; the beginning of a mark is held back.
func (r *pasteReader) add(data []byte) {
	data = append(r.held, data...)
	r.held = nil
	for len(data) > 0 {
		mark := pasteStart
		if r.pasting {
			mark = pasteEnd
		}
		text := string(data)
		switch {
		case strings.HasPrefix(text, mark):
			r.pasting = !r.pasting
			data = data[len(mark):]
			continue
		case strings.HasPrefix(mark, text):
			r.held = data
			return
		}
		c := data[0]
		data = data[1:]
		switch {
		case !r.pasting:
			r.out = append(r.out, c)
		case c == '\r' && len(data) > 0 && data[0] == '\n':
		case c == '\r' || c == '\n':
			r.out = append(r.out, newline...)
		case c == '\t':
			r.out = append(r.out, "  "...)
		case c >= ' ' && c != 0x7f: // keys would do something
			r.out = append(r.out, c)
		}
	}
}
