x: "a
${x}
b${x}"
