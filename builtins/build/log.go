package build

// This file defines the log of a build: the file that keeps its bytes, and its lines as
// they are shown.

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A buildLog is the log of a build that runs.
type buildLog struct {
	b       *Builder
	drvPath string
	file    *os.File // nil: no log is kept
	err     error    // of writing file

	size int64 // bytes
	line []byte
	at   int      // where in line the next byte goes: a carriage return goes back to its beginning
	tail []string // the last lines
}

// openLog begins the log of a build. While the build runs the file has no compression, so
// that others can read it.
func (b *Builder) openLog(drvPath string) (*buildLog, error) {
	l := &buildLog{b: b, drvPath: drvPath}
	if b.NoLog {
		return l, nil
	}
	name, err := b.Store.Logs().Path(drvPath)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, err
	}
	l.file, err = os.Create(name)
	return l, err
}

// Write implements io.Writer.
func (l *buildLog) Write(p []byte) (int, error) {
	l.size += int64(len(p))
	if l.file != nil && l.err == nil {
		_, l.err = l.file.Write(p)
	}
	for _, c := range p {
		switch c {
		case '\r':
			l.at = 0
		case '\n':
			l.endLine()
		default:
			if l.at < len(l.line) {
				l.line[l.at] = c
			} else {
				l.line = append(l.line, c)
			}
			l.at++
		}
	}
	return len(p), nil
}

// endLine shows a line, and remembers it.
func (l *buildLog) endLine() {
	text := string(l.line[:l.at])
	l.line, l.at = l.line[:0], 0
	if l.message(text) {
		return
	}
	l.b.tell(Event{Kind: Line, Drv: l.drvPath, Text: text})
	if l.b.LogLines == 0 {
		return
	}
	if len(l.tail) == l.b.LogLines {
		l.tail = append(l.tail[:0], l.tail[1:]...)
	}
	l.tail = append(l.tail, text)
}

// message takes a line that is no text but a message of the builder to the program that
// shows the log: "@nix" and JSON.
func (l *buildLog) message(line string) bool {
	encoded, ok := strings.CutPrefix(line, "@nix ")
	if !ok {
		return false
	}
	var m struct{ Action, Phase, Msg *string }
	err := json.Unmarshal([]byte(encoded), &m)
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		l.b.tell(Event{Kind: Note, Drv: l.drvPath, Text: "error: bad JSON log message from the derivation builder: " + err.Error()})
		return false
	}
	text := ""
	switch {
	case err != nil:
	case m.Action == nil:
		err = errors.New("there is no action")
	case *m.Action == "setPhase" && m.Phase != nil:
		text = *m.Phase
	case *m.Action == "msg" && m.Msg != nil:
		text = *m.Msg
	case *m.Action == "setPhase" || *m.Action == "msg":
		err = errors.New("there is no text")
	}
	if err != nil {
		l.b.tell(Event{Kind: Warning, Drv: l.drvPath, Text: "Unable to handle a JSON message from the derivation builder: " + err.Error()})
		return false
	}
	switch *m.Action {
	case "setPhase":
		l.b.tell(Event{Kind: Phase, Drv: l.drvPath, Text: text})
	case "msg":
		l.b.tell(Event{Kind: Note, Drv: l.drvPath, Text: text})
	}
	return true
}

// close ends the log: what is left of a line is a line too, and the file is compressed.
func (l *buildLog) close() error {
	if len(l.line) > 0 {
		l.endLine()
	}
	if l.file == nil {
		return nil
	}
	name := l.file.Name()
	err := errors.Join(l.err, l.file.Close())
	l.file = nil
	if err != nil || l.b.PlainLog {
		return err
	}
	plain, err := os.Open(name)
	if err != nil {
		return err
	}
	defer plain.Close()
	if err := l.b.Store.Logs().Replace(context.Background(), l.drvPath, plain); err != nil {
		return err
	}
	return os.Remove(name)
}

// lastLines returns the part of an error that shows the end of the log, if nobody has seen
// it.
func (l *buildLog) lastLines() string {
	if l.b.ShownLog || len(l.tail) == 0 {
		return ""
	}
	var out strings.Builder
	out.WriteString("\nLast " + strconv.Itoa(len(l.tail)) + " log lines:\n")
	for _, line := range l.tail {
		out.WriteString("> " + line + "\n")
	}
	out.WriteString("For full logs, run:\n  " + l.b.LogCommand + " " + l.drvPath)
	return out.String()
}

// note adds to the log why a build failed, unless it was the builder that failed: then its
// own words are the reason.
func (l *buildLog) note(err error) {
	if l.file != nil && l.err == nil {
		if l.at > 0 {
			_, l.err = io.WriteString(l.file, "\n")
		}
		_, l.err = io.WriteString(l.file, "error: "+err.Error()+"\n")
	}
}
