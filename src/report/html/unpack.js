(function () {
  var source = document.getElementById("packed");
  if (!source) return;
  var packed = JSON.parse(source.textContent);
  function say(parent, words) {
    var parts = words.split(",");
    var next = 1;
    packed.forms[parseInt(parts[0], 36)].forEach(function (piece) {
      var text = piece[1].replace(/\ue000/g, function () { return parts[next++]; });
      if (piece[0]) {
        var span = document.createElement("span");
        span.className = piece[0];
        span.textContent = text;
        parent.appendChild(span);
      } else {
        parent.appendChild(document.createTextNode(text));
      }
    });
  }
  function read(text) {
    var root = { children: [] };
    var above = [root];
    text.split(";").forEach(function (line) {
      var marks = /^[+-]*/.exec(line)[0];
      for (var i = 0; i < marks.length; i += 1) {
        var level = above[above.length - 1];
        if (marks[i] === "+") above.push(level.children[level.children.length - 1]);
        else above.pop();
      }
      above[above.length - 1].children.push({ words: line.slice(marks.length), children: [] });
    });
    return root.children;
  }
  function draw(parent, nodes, depth) {
    var list = document.createElement("ul");
    list.className = "tree";
    nodes.forEach(function (node) {
      var item = document.createElement("li");
      if (node.children.length && depth > 0) {
        var fold = document.createElement("details");
        var title = document.createElement("summary");
        say(title, node.words);
        fold.appendChild(title);
        draw(fold, node.children, depth + 1);
        item.appendChild(fold);
      } else {
        say(item, node.words);
        if (node.children.length) draw(item, node.children, depth + 1);
      }
      list.appendChild(item);
    });
    parent.appendChild(list);
  }
  document.querySelectorAll("details.steps").forEach(function (steps) {
    steps.hidden = false;
    steps.addEventListener("toggle", function () {
      if (!steps.open || steps.querySelector("ul")) return;
      draw(steps, read(packed.schools[Number(steps.dataset.school)]), 0);
    });
  });
})();
