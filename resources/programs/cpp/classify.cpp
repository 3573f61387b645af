// Says what is in pictures:  classify model.onnx picture.jpg ...
#include "picture.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include <onnxruntime_cxx_api.h>

namespace {

constexpr std::size_t kAnswers = 5;

struct Verdict {
    std::vector<float> probabilities;  // of each class
    bool none_of_these = false;
};

// The texts in a list as JSON has it.
std::vector<std::string> texts_in(const std::string& json) {
    static const std::string letters = "bfnrt";
    static const std::string meanings = "\b\f\n\r\t";
    std::vector<std::string> texts;
    bool inside = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (json[i] == '"') {
            inside = !inside;
            if (inside) {
                texts.emplace_back();
            }
        } else if (inside && json[i] == '\\' && json.compare(i, 2, "\\u") == 0) {
            // Only control characters are written so.
            texts.back() += static_cast<char>(std::stoi(json.substr(i + 2, 4), nullptr, 16));
            i += 5;
        } else if (inside && json[i] == '\\') {
            const std::size_t place = letters.find(json.at(++i));
            texts.back() += place == std::string::npos ? json[i] : meanings[place];
        } else if (inside) {
            texts.back() += json[i];
        }
    }
    return texts;
}

// A whole number in an object as JSON has it.
std::size_t number_in(const std::string& json, const std::string& name) {
    const std::string key = '"' + name + "\":";
    const std::size_t place = json.find(key);
    if (place == std::string::npos) {
        throw std::runtime_error("The model does not say its " + name + ".");
    }
    return std::stoul(json.substr(place + key.size()));
}

class Classifier {
public:
    explicit Classifier(const std::filesystem::path& model)
        : session_(environment_, model.c_str(), Ort::SessionOptions{}),
          labels_(texts_in(note("effnet_studio.labels"))) {
        // Twice what a picture is resized to: large JPEG files are not decoded any smaller.
        const std::string sizes = note("effnet_studio.preprocess");
        enough_ = 2 * std::max(number_in(sizes, "resize"), number_in(sizes, "size"));
    }

    const std::vector<std::string>& labels() const { return labels_; }
    std::size_t enough() const { return enough_; }

    // Resizing, cropping and all that follows is inside the model.
    Verdict judge(Picture& picture) {
        static constexpr std::array inputs{"image"};
        static constexpr std::array outputs{"probabilities", "none_of_these"};
        const std::array shape{std::int64_t{1}, static_cast<std::int64_t>(picture.height),
                               static_cast<std::int64_t>(picture.width), std::int64_t{3}};
        const auto memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
        const Ort::Value image = Ort::Value::CreateTensor<std::uint8_t>(
            memory, picture.rgb.data(), picture.rgb.size(), shape.data(), shape.size());
        const auto found = session_.Run(Ort::RunOptions{}, inputs.data(), &image, inputs.size(),
                                        outputs.data(), outputs.size());
        const float* first = found[0].GetTensorData<float>();
        return {std::vector<float>(first, first + labels_.size()), *found[1].GetTensorData<bool>()};
    }

private:
    // What the file says about itself.
    std::string note(const char* key) {
        Ort::AllocatorWithDefaultOptions allocator;
        const auto text =
            session_.GetModelMetadata().LookupCustomMetadataMapAllocated(key, allocator);
        if (text == nullptr) {
            throw std::runtime_error("The model was not exported by EffNet Studio.");
        }
        return text.get();
    }

    Ort::Env environment_{ORT_LOGGING_LEVEL_ERROR, "classify"};
    Ort::Session session_;
    std::vector<std::string> labels_;
    std::size_t enough_ = 0;
};

void print(const char* name, const Verdict& verdict, const std::vector<std::string>& labels) {
    std::vector<std::size_t> order(labels.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return verdict.probabilities[a] > verdict.probabilities[b];
    });
    order.resize(std::min(order.size(), kAnswers));
    std::printf("%s%s", name, verdict.none_of_these ? "\tnone of these" : "");
    for (const std::size_t i : order) {
        std::printf("\t%s %.1f %%", labels[i].c_str(), 100 * verdict.probabilities[i]);
    }
    std::printf("\n");
}

}  // namespace

int main(int argc, char* argv[]) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: %s model.onnx picture.jpg ...\n", argv[0]);
        return 2;
    }
    int failed = 0;
    try {
        Classifier classifier(argv[1]);
        for (int i = 2; i < argc; ++i) {
            try {
                Picture picture = read_picture(argv[i], classifier.enough());
                print(argv[i], classifier.judge(picture), classifier.labels());
            } catch (const std::exception& error) {
                std::fprintf(stderr, "%s: %s\n", argv[i], error.what());
                failed = 1;
            }
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", argv[1], error.what());
        return 1;
    }
    return failed;
}
