package profile

// This file defines pprof's form of a profile: how it is written. It is a message of
// Protocol Buffers, profile.proto of github.com/google/pprof, whose own package would
// take longer to start than small programs take to evaluate.

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"io"
	"time"
)

// Numbers of the fields that are written.
const (
	profileSampleType  = 1
	profileSample      = 2
	profileLocation    = 4
	profileFunction    = 5
	profileStringTable = 6
	profileTime        = 9
	profileDuration    = 10
	profilePeriodType  = 11
	profilePeriod      = 12
	profileDefaultType = 14

	valueTypeType, valueTypeUnit                                              = 1, 2
	sampleLocation, sampleValue                                               = 1, 2
	locationID, locationLine                                                  = 1, 4
	lineFunction, lineLine                                                    = 1, 2
	functionID, functionName, functionSystemName, functionFile, functionStart = 1, 2, 3, 4, 5
)

// A message is one that is being made.
type message []byte

func (m *message) varint(n uint64) { *m = binary.AppendUvarint(*m, n) }

// number adds a number, but for 0, which is what is not there.
func (m *message) number(field int, n int64) {
	if n != 0 {
		m.varint(uint64(field) << 3)
		m.varint(uint64(n))
	}
}

// bytes adds a text or a message.
func (m *message) bytes(field int, text []byte) {
	m.varint(uint64(field)<<3 | 2)
	m.varint(uint64(len(text)))
	*m = append(*m, text...)
}

// A protoWriter writes a profile field by field.
type protoWriter struct {
	out     *bufio.Writer
	err     error
	strings map[string]int64
	table   []string
	buf     message
}

// text returns the number of a string. They are written at the end.
func (w *protoWriter) text(s string) int64 {
	n, ok := w.strings[s]
	if !ok {
		n = int64(len(w.table))
		w.strings[s] = n
		w.table = append(w.table, s)
	}
	return n
}

// field writes a field of the profile, a text or a message.
func (w *protoWriter) field(field int, text []byte) {
	w.buf = w.buf[:0]
	w.buf.bytes(field, text)
	w.flush()
}

func (w *protoWriter) number(field int, n int64) {
	w.buf = w.buf[:0]
	w.buf.number(field, n)
	w.flush()
}

func (w *protoWriter) flush() {
	if w.err == nil {
		_, w.err = w.out.Write(w.buf)
	}
}

func (w *protoWriter) valueType(field int, typ, unit string) {
	var m message
	m.number(valueTypeType, w.text(typ))
	m.number(valueTypeUnit, w.text(unit))
	w.field(field, m)
}

// write writes what b has, as a profile p.
func (b *pprofBuilder) write(out io.Writer, p *Profile) error {
	zip := gzip.NewWriter(out)
	w := protoWriter{out: bufio.NewWriter(zip), strings: map[string]int64{}}
	w.text("")
	w.valueType(profileSampleType, "calls", "count")
	w.valueType(profileSampleType, "objects", "count")
	w.valueType(profileSampleType, "space", "bytes")
	w.valueType(profileSampleType, "cpu", "nanoseconds")
	w.number(profileDefaultType, w.text("cpu"))
	w.valueType(profilePeriodType, "cpu", "nanoseconds")
	w.number(profilePeriod, int64(time.Second)/int64(p.opt.Frequency))
	w.number(profileTime, p.start.UnixNano())
	w.number(profileDuration, int64(p.duration()))
	var m, inner message
	for i := range b.samples {
		costs := &b.samples[i].costs
		if *costs == (sums{}) {
			continue
		}
		m, inner = m[:0], inner[:0]
		for at := int32(i); at >= 0; at = b.samples[at].outer {
			inner.varint(uint64(b.samples[at].function) + 1)
		}
		m.bytes(sampleLocation, inner)
		inner = inner[:0]
		for _, n := range costs {
			inner.varint(uint64(n))
		}
		m.bytes(sampleValue, inner)
		w.field(profileSample, m)
	}
	for i := range b.list {
		f := &b.list[i]
		id := int64(i) + 1 // of the function, and of its only place
		file := f.Def.File
		if f.Kind == File {
			file = f.Name
		}
		m, inner = m[:0], inner[:0]
		inner.number(lineFunction, id)
		inner.number(lineLine, int64(f.Def.Line))
		m.number(locationID, id)
		m.bytes(locationLine, inner)
		w.field(profileLocation, m)
		m = m[:0]
		m.number(functionID, id)
		m.number(functionName, w.text(b.names[i]))
		m.number(functionSystemName, w.text(b.names[i]))
		m.number(functionFile, w.text(file))
		m.number(functionStart, int64(f.Def.Line))
		w.field(profileFunction, m)
	}
	for _, s := range w.table {
		w.field(profileStringTable, []byte(s))
	}
	if w.err == nil {
		w.err = w.out.Flush()
	}
	if err := zip.Close(); w.err == nil {
		w.err = err
	}
	return w.err
}

// duration returns for how long there were evaluations under way.
func (p *Profile) duration() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.spent
}
