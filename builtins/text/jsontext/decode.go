package jsontext

// This file defines Decode: the grammar of JSON, and the order in which the
// handler hears of it.

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/budget"
)

// A Handler is told what a JSON text contains, in the order of the text. An
// error that a method returns ends the decoding and is returned by Decode as
// it is.
//
// Strings and keys are parts of the source, or fresh where the source has
// escapes; they may be kept. They contain no NUL byte. Keys can come twice in
// one object: in Nix the last one counts. When Decode fails, whatever the
// handler has built is incomplete and must be thrown away.
type Handler interface {
	Null() error
	Bool(b bool) error
	Int(n int64) error
	Float(f float64) error
	String(s string) error
	BeginArray() error
	EndArray() error
	BeginObject() error
	Key(s string) error
	EndObject() error
}

// A SyntaxError says that a text is not JSON, in the words of the library.
// The reference adds "while decoding a JSON string" to these errors, and only
// to these.
type SyntaxError struct {
	Offset int // bytes read when the error was found
	Msg    string

	// Line and Column of Offset count from 1, and Problem is the part of Msg without
	// them; 0 and "" for a number that is too large.
	Line, Column int
	Problem      string
}

func (e *SyntaxError) Error() string { return e.Msg }

// ErrorCode is what evaluators call the error.
func (e *SyntaxError) ErrorCode() string { return "invalid-json" }

// TextPosition returns what reports show: the place of the mistake, and its words.
func (e *SyntaxError) TextPosition() (line, column int, problem string) {
	return e.Line, e.Column, e.Problem
}

// A ValueError says that a text is JSON, so far, but that Nix cannot hold a
// value of it: an integer that is too large, or a string with a NUL byte.
type ValueError struct{ Msg string }

func (e *ValueError) Error() string { return e.Msg }

// ErrorCode is what evaluators call the error.
func (e *ValueError) ErrorCode() string { return "invalid-json" }

// Decode reads the JSON text src and tells h what is in it. The handler is
// called while reading, thus also for the part before an error. Nesting is
// limited by memory only: Decode does not recurse.
func Decode(src string, h Handler, b budget.Budget) error {
	d := decoder{scanner: scanner{src: src, budget: b, text: src}, h: h}
	if b != nil {
		d.text = src[:min(len(src), window)]
	}
	return d.decode()
}

type decoder struct {
	scanner
	h     Handler
	tok   token
	open  []token   // tokArrayOpen or tokObjectOpen, outermost first
	outer [][]token // what comes before, in parts of the length window
}

// enter counts one more open array or object.
func (d *decoder) enter(tok token) error {
	if len(d.open) == window {
		if d.budget != nil {
			if err := d.budget.Room(uint64(len(d.outer)+2) * window); err != nil {
				return err
			}
		}
		d.outer = append(d.outer, d.open)
		d.open = make([]token, 0, window)
	}
	d.open = append(d.open, tok)
	return nil
}

// leave ends the innermost open array or object.
func (d *decoder) leave() {
	d.open = d.open[:len(d.open)-1]
	if last := len(d.outer) - 1; len(d.open) == 0 && last >= 0 {
		d.open, d.outer = d.outer[last], d.outer[:last]
	}
}

// next reads a token and keeps it in tok.
func (d *decoder) next() token {
	d.tok = d.scan()
	return d.tok
}

// decode reads a whole text: one value, and nothing behind it.
func (d *decoder) decode() error {
	d.next()
	for {
		// The token that starts a value has been read.
		done, err := d.value()
		if err != nil {
			return err
		}
		for done {
			if len(d.open) == 0 {
				if d.next() != tokEnd {
					return d.unexpected("value", tokEnd)
				}
				return nil
			}
			if done, err = d.afterElement(); err != nil {
				return err
			}
		}
	}
}

// value handles the value that starts at the current token, and says whether
// it is complete. If not, the token of its first part has been read.
func (d *decoder) value() (done bool, err error) {
	switch d.tok {
	case tokObjectOpen:
		if err := d.h.BeginObject(); err != nil {
			return false, err
		}
		if d.next() == tokObjectClose {
			return true, d.h.EndObject()
		}
		if err := d.enter(tokObjectOpen); err != nil {
			return false, err
		}
		return false, d.key()
	case tokArrayOpen:
		if err := d.h.BeginArray(); err != nil {
			return false, err
		}
		if d.next() == tokArrayClose {
			return true, d.h.EndArray()
		}
		return false, d.enter(tokArrayOpen)
	case tokString:
		if err := d.checkNoNull(); err != nil {
			return false, err
		}
		return true, d.h.String(d.str)
	case tokUint:
		if d.unsigned > math.MaxInt64 {
			return false, &ValueError{fmt.Sprintf("unsigned json number %d outside of Nix integer range", d.unsigned)}
		}
		return true, d.h.Int(int64(d.unsigned))
	case tokInt:
		return true, d.h.Int(d.signed)
	case tokFloat:
		if math.IsInf(d.float, 0) {
			return false, &SyntaxError{Offset: d.pos, Msg: "[json.exception.out_of_range.406] number overflow parsing '" + d.lastRead() + "'"}
		}
		return true, d.h.Float(d.float)
	case tokTrue, tokFalse:
		return true, d.h.Bool(d.tok == tokTrue)
	case tokNull:
		return true, d.h.Null()
	case tokError:
		return false, d.unexpected("value", tokNone)
	case tokEnd:
		if d.src == "" {
			return false, d.syntaxError("", "attempting to parse an empty input; check that your input string or stream contains the expected JSON")
		}
	}
	return false, d.unexpected("value", tokAny)
}

// afterElement handles what follows a value inside an array or object. It
// says whether that closed the array or object; if not, the token of the next
// value has been read.
func (d *decoder) afterElement() (closed bool, err error) {
	if d.open[len(d.open)-1] == tokArrayOpen {
		switch d.next() {
		case tokComma:
			d.next()
			return false, nil
		case tokArrayClose:
			d.leave()
			return true, d.h.EndArray()
		}
		return false, d.unexpected("array", tokArrayClose)
	}
	switch d.next() {
	case tokComma:
		d.next()
		return false, d.key()
	case tokObjectClose:
		d.leave()
		return true, d.h.EndObject()
	}
	return false, d.unexpected("object", tokObjectClose)
}

// key handles a key, which is the current token, and reads the colon and the
// token after it.
func (d *decoder) key() error {
	if d.tok != tokString {
		return d.unexpected("object key", tokString)
	}
	if err := d.checkNoNull(); err != nil {
		return err
	}
	if err := d.h.Key(d.str); err != nil {
		return err
	}
	if d.next() != tokColon {
		return d.unexpected("object separator", tokColon)
	}
	d.next()
	return nil
}

// checkNoNull returns an error for a string with a NUL character, which Nix strings cannot have.
func (d *decoder) checkNoNull() error {
	if !d.hasNull {
		return nil
	}
	return &ValueError{"input string '" + strings.ReplaceAll(shown(d.str), "\x00", "␀") +
		"' cannot be represented as Nix string because it contains null bytes"}
}

func (d *decoder) unexpected(while string, want token) error {
	if d.stop != nil {
		return d.stop
	}
	var b strings.Builder
	b.WriteString("while parsing " + while + " - ")
	if d.tok == tokError {
		b.WriteString(d.msg + "; last read: '" + d.lastRead() + "'")
	} else {
		b.WriteString("unexpected " + d.tok.String())
	}
	if want != tokNone {
		b.WriteString("; expected " + want.String())
	}
	return d.syntaxError("syntax error ", b.String())
}

func (d *decoder) syntaxError(label, problem string) error {
	line, column := d.position()
	if d.stop != nil {
		return d.stop
	}
	msg := "[json.exception.parse_error.101] parse error at line " + strconv.Itoa(line) +
		", column " + strconv.Itoa(column) + ": " + label + problem
	return &SyntaxError{d.pos, msg, line, column, problem}
}
